// Shows what follows from the answers: visible questions, messages, totals, states of sections,
// and both values of a conflict. Used by autosave.js; leaves one function, answerDisplay, behind.
window.answerDisplay = (form, inputs) => {
  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text ?? "";
    return made;
  }

  function button(label, act) {
    const made = element("button", "button button-secondary button-small", label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function showQuestions(content) {
    const said = [];
    for (const [id, question] of Object.entries(content.questions)) {
      const box = document.getElementById(`q-${id}`);
      if (!box) {
        continue;
      }
      box.hidden = !question.visible;
      box.querySelector("[data-carried]")?.toggleAttribute("hidden", !question.carried);
      said.push(...showCalculated(box, question.calculated));
      said.push(...showTotals(box, question.totals), ...showMessages(id, question.messages));
    }
    say(said);
    const visible = new Set(content.visible_fields);
    for (const box of form.querySelectorAll("[data-field]")) {
      box.hidden = !visible.has(box.dataset.field);
    }
    const wrong = new Set(content.wrong);
    for (const input of form.elements) {
      const key = inputs.keyOf(input);
      if (key !== null) {
        input.toggleAttribute("aria-invalid", wrong.has(key));
        if (wrong.has(key)) {
          input.setAttribute("aria-invalid", "true");
        }
      }
    }
    showProblems(content.problems);
    showSteps(content.sections);
  }

  // The summary on top leads to each input; it keeps still, as what is new is read aloud elsewhere.
  function showProblems(problems) {
    const box = document.getElementById("problems");
    box.hidden = !problems.length;
    box.querySelector("ul").replaceChildren(
      ...problems.map(({ id, label, message }) => {
        const link = element("a", "", `${label}：${message}`);
        link.href = `#${id}`;
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
  }

  // One place is read aloud, and only what has changed: a region a total would all speak at once.
  function say(texts) {
    if (texts.length) {
      document.getElementById("follows").textContent = texts.join(" ");
    }
  }

  // Returns the messages that were not there before.
  function showMessages(id, messages) {
    const words = { warning: "注意：", blank: "未入力：" };
    const texts = messages.map(({ level, text }) => [level, (words[level] ?? "エラー：") + text]);
    const region = document.getElementById(`messages-${id}`);
    const shown = [...region.children].map((line) => line.textContent);
    region.replaceChildren(
      ...texts.map(([level, text]) => element("p", `question-message question-message-${level}`, text)),
    );
    return texts.map(([, text]) => text).filter((text) => !shown.includes(text));
  }

  function showCalculated(box, text) {
    const place = box.querySelector("[data-calculated]");
    if (!place || place.textContent === text) {
      return [];
    }
    place.textContent = text;
    return text ? [`${place.dataset.name}は${text}です。`] : [];
  }

  // Returns those that changed, in words.
  function showTotals(box, totals) {
    const changed = [];
    for (const place of totals ? box.querySelectorAll("[data-total]") : []) {
      const { total, part, name, unit } = place.dataset;
      const text = (part ? totals[total][part] : totals[total]) ?? "";
      if (text && text !== place.textContent) {
        changed.push(`${name}は${text}${unit}です。`);
      }
      place.textContent = text;
    }
    return changed;
  }

  function showSteps(steps) {
    const list = document.querySelector(".task-list");
    list?.replaceChildren(
      ...steps.map((step) => {
        const item = element("li", "task");
        item.dataset.sectionStep = step.id;
        if (step.current) {
          item.setAttribute("aria-current", "step");
        }
        const link = element("a", "", step.title);
        link.href = step.url;
        item.append(link, element("span", `badge badge-${step.tone}`, step.state));
        return item;
      }),
    );
  }

  function refuse(key, message) {
    const line = element("p", "question-message question-message-invalid", `エラー：${message}`);
    document.getElementById(`messages-${inputs.questionOf(key)?.dataset.question}`)?.append(line);
    for (const input of inputs.inputsOf(key)) {
      input.setAttribute("aria-invalid", "true");
    }
  }

  function askWhichToKeep(key, conflict, decide) {
    const { label, theirs, yours, writer, time } = conflict;
    const box = element("div", "conflict");
    box.dataset.conflict = key;
    box.setAttribute("role", "alert");
    box.append(element("p", "conflict-title", `「${label}」は、${writer}が${time}に先に保存しました。どちらを残すか選んでください。`));
    box.append(choice("保存されている回答", theirs, "こちらを使う", () => decide("theirs")));
    box.append(choice("あなたの入力", yours, "こちらで上書きする", () => decide("yours")));
    settleConflict(key);
    inputs.questionOf(key).append(box);
  }

  function choice(title, text, label, act) {
    const row = element("div", "conflict-choice");
    row.append(element("p", "quiet small", title), element("p", "conflict-value", text), button(label, act));
    return row;
  }

  function settleConflict(key) {
    inputs.questionOf(key)?.querySelector(`[data-conflict="${CSS.escape(key)}"]`)?.remove();
  }

  // What was typed earlier and never stored: entries are pairs of key and {value, section}.
  function offerLeft(left, { restore, discard }) {
    const { section } = form.dataset;
    const box = document.getElementById("unsent");
    const here = left.filter(([, entry]) => entry.section === section);
    const elsewhere = new Set(left.map(([, entry]) => entry.section).filter((id) => id !== section));
    const other = left.length - here.length;
    const where = other ? `（このうち${other}件は、ほかの節の入力です）` : "";
    const row = element("div", "cluster");
    const close = (act) => () => {
      act();
      box.hidden = true;
      box.replaceChildren();
    };
    if (here.length) {
      row.append(button("入力を戻して保存する", close(() => restore(here))));
    }
    for (const id of elsewhere) {
      const link = document.querySelector(`[data-section-step="${CSS.escape(id)}"] a`)?.cloneNode(true);
      row.append(...(link ? [link] : []));
    }
    row.append(button("破棄する", close(discard)));
    const title = `前回保存できなかった入力が${left.length}件、この端末に残っています${where}。`;
    box.append(element("p", "conflict-title", title), row);
    box.hidden = false;
  }

  return { showQuestions, refuse, askWhichToKeep, settleConflict, offerLeft };
};
