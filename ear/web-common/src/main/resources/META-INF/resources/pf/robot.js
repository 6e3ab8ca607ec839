/* Solves the puzzle of a form that robots would like: in a worker, while the visitor types. */
(function () {
  "use strict";

  function attach(box) {
    var form = box.closest("form");
    var input = box.querySelector("input");
    var state = box.querySelector("[data-state]");
    var waiting = null;
    var worker = new Worker(box.dataset.worker);

    worker.onmessage = function (event) {
      input.value = box.dataset.salt + ":" + event.data + ":" + box.dataset.signature;
      state.textContent = box.dataset.done;
      box.classList.add("is-done");
      worker.terminate();
      if (waiting) {
        form.requestSubmit(waiting);
      }
    };
    worker.postMessage({ salt: box.dataset.salt, target: box.dataset.target, largest: Number(box.dataset.largest) });

    /* Whoever is quicker than the puzzle does not have to press again. */
    form.addEventListener("submit", function (event) {
      if (!input.value) {
        event.preventDefault();
        event.stopImmediatePropagation();
        waiting = event.submitter;
      }
    }, true);
  }

  document.querySelectorAll("[data-puzzle]").forEach(attach);
})();
