/* global document, localStorage */
// Runs before the first paint, so that a remembered theme never flashes; a file because a strict CSP forbids inline scripts.
(function () {
  try {
    var choice = JSON.parse(localStorage.getItem('chorale.theme'));
    if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice;
  } catch {
    // Without storage the system's theme is used.
  }
})();
