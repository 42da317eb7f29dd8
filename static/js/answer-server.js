// Brings changed answers to the server and says what became of them, in a word and a sentence:
// stored, again (try later), renewed (the token; send once more), smaller (too much at once), end.
// Used by autosave.js; leaves one function, answerServer, behind.
window.answerServer = (form) => {
  const { autosave: url, section, person } = form.dataset;
  const SENDING_LIMIT = 20_000;
  const STAYS = "入力は画面に残っています。";
  const tokenInput = form.elements.namedItem("csrfmiddlewaretoken");
  let renewed = false;

  const again = (reason) => ({ kind: "again", text: `${reason}${STAYS}` });
  const end = (reason) => ({ kind: "end", text: `${reason}${STAYS}` });
  const lost = () =>
    again(navigator.onLine ? "保存できませんでした。" : "ネットワークにつながっていないため、保存できていません。");

  function request(options) {
    const headers = { Accept: "application/json", ...options.headers };
    const signal = AbortSignal.timeout(SENDING_LIMIT);
    return fetch(url, { redirect: "error", ...options, headers, signal });
  }

  async function send(changes) {
    try {
      const headers = { "Content-Type": "application/json", "X-CSRFToken": tokenInput.value };
      const body = JSON.stringify({ section, changes });
      return await outcome(await request({ method: "POST", headers, body }));
    } catch {
      return lost();
    }
  }

  async function outcome(response) {
    const { status } = response;
    if (status === 401 || status === 403) {
      return renew();
    }
    renewed = false;
    if (status === 413) {
      return { kind: "smaller" };
    }
    const isJson = response.headers.get("Content-Type")?.includes("json");
    const content = isJson ? await response.json() : {};
    if (content.fields) {
      return { kind: "stored", content };
    }
    if (status >= 500 || status === 408 || status === 429) {
      return again("サーバーが応答できないため、保存できていません。");
    }
    return end(content.message ?? "保存できませんでした。画面を開き直してください。");
  }

  // Signed out, or signed in anew elsewhere: the page's token is renewed, nothing typed is lost.
  async function renew() {
    const response = await request({ cache: "no-store" });
    if (response.status === 401) {
      const text = `ログインの有効期限が切れたため、保存できていません。${STAYS}別のタブでログインすると、自動で保存します。`;
      return { kind: "again", text, signIn: true };
    }
    if (!response.ok) {
      return response.status >= 500 ? lost() : end("この回答を保存する権限がありません。");
    }
    const { token, person: current } = await response.json();
    if (String(current) !== person) {
      return again("別の利用者としてログインされているため、保存できません。");
    }
    tokenInput.value = token;
    if (renewed) {
      return lost(); // refused with a fresh token as well: not at once again
    }
    renewed = true;
    return { kind: "renewed" };
  }

  return { send };
};
