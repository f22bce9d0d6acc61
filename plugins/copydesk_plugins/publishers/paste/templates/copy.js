"use strict";
(() => {
  let parts = null;

  // What is copied is what is set here, not what the browser would make of the selection.
  document.addEventListener("copy", (event) => {
    if (parts === null) return;
    for (const [type, text] of Object.entries(parts)) event.clipboardData.setData(type, text);
    event.preventDefault();
  });

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return selection;
  };

  // Works in files opened from disk, where the newer way is not there in every browser.
  const byCommand = (shown) => {
    const selection = select(shown);
    try {
      return document.execCommand("copy");
    } catch {
      return false;
    } finally {
      selection.removeAllRanges();
    }
  };

  const byClipboard = async () => {
    try {
      const blobs = {};
      for (const [type, text] of Object.entries(parts)) blobs[type] = new Blob([text], { type });
      await navigator.clipboard.write([new ClipboardItem(blobs)]);
      return true;
    } catch {
      return false;
    }
  };

  const partsOf = (kind, section) => {
    const shown = section.querySelector("[data-shown]");
    if (kind === "plain") return { "text/plain": shown.textContent };
    const source = section.querySelector("[data-source]").textContent;
    if (kind === "html") return { "text/plain": source };
    return { "text/html": source, "text/plain": shown.innerText };
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (button === null) return;
    const section = button.closest("[data-field]");
    const shown = section.querySelector("[data-shown]");
    const said = section.querySelector("[data-said]");
    said.textContent = "";
    parts = partsOf(button.dataset.copy, section);
    const done = byCommand(shown) || (await byClipboard());
    parts = null;
    if (!done) select(shown);
    said.textContent = done
      ? button.dataset.done
      : "The browser did not allow copying. The text is selected: press Ctrl and C, or Command and C.";
  });
})();
