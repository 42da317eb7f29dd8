// Adds rows to the tables that grow: the last row is copied under the next number, and emptied.
(() => {
  for (const button of document.querySelectorAll("[data-add-row]")) {
    const table = button.closest("fieldset").querySelector("[data-rows]");
    const body = table.tBodies[0];
    const full = () => body.rows.length >= Number(table.dataset.rows);
    const numbered = (text, from, to) =>
      text.replaceAll(`f-${button.dataset.addRow}.${from}.`, `f-${button.dataset.addRow}.${to}.`)
        .replaceAll(`r-${button.dataset.addRow}-${from}`, `r-${button.dataset.addRow}-${to}`);
    button.hidden = full();
    button.addEventListener("click", () => {
      const from = body.rows.length;
      const row = body.rows[from - 1].cloneNode(true);
      row.cells[0].textContent = `${from + 1}行目`;
      for (const part of row.querySelectorAll("[id], [name], [aria-labelledby], [data-part]")) {
        for (const name of ["id", "name", "aria-labelledby"]) {
          if (part.hasAttribute(name)) {
            part.setAttribute(name, numbered(part.getAttribute(name), from, from + 1));
          }
        }
        part.removeAttribute("aria-invalid");
        if (part.matches("input, select")) {
          part.value = "";
        }
      }
      body.append(row);
      button.hidden = full();
      row.querySelector("input, select").focus();
    });
  }
})();
