addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("details:not([open])")) {
    each.open = true;
    each.dataset.shut = "";
  }
});
addEventListener("afterprint", () => {
  for (const each of document.querySelectorAll("details[data-shut]")) {
    each.open = false;
    delete each.dataset.shut;
  }
});
