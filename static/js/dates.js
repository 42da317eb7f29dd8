// The calendar of the browser fills in a day as officials write it. Typing stays possible, and is
// all there is without this script. Which writings are understood, the server alone decides.
(() => {
  const ERA = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", {
    era: "long",
    year: "numeric",
    month: "long",
    day: "numeric",
    timeZone: "UTC",
  });
  // As it is printed: one digit full width, two digits half width.
  const printed = (day) =>
    ERA.format(day).replace(/(?<!\d)\d(?!\d)/g, (digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    );
  const inside = (box, selector) => box.querySelector(selector);

  function offerCalendars(part) {
    for (const place of part.querySelectorAll?.(".date-picking[hidden]") ?? []) {
      place.hidden = !("showPicker" in HTMLInputElement.prototype);
    }
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest?.(".date-open")?.closest("[data-date]");
    if (box) {
      inside(box, ".date-picker").showPicker();
    }
  });

  document.addEventListener("input", (event) => {
    const box = event.target.closest?.("[data-date]");
    if (!box) {
      return;
    }
    const [text, picker] = [inside(box, ".date-text"), inside(box, ".date-picker")];
    if (event.target !== picker) {
      picker.value = "";
    } else if (picker.valueAsDate) {
      text.value = printed(picker.valueAsDate);
      text.dispatchEvent(new Event("change", { bubbles: true }));
      text.focus();
    }
  });

  offerCalendars(document);
  document.addEventListener("htmx:afterSettle", (event) => offerCalendars(event.target));
})();
