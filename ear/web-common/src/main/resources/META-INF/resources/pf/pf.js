/* What every page does by script; each page works without it. */
(function () {
  "use strict";

  function readyText(name) {
    return document.body.dataset[name] || "";
  }

  /* Errors take the focus, so that nobody has to look for them. */
  function focusErrors(root) {
    var summary = root.querySelector(".pf-summary");
    if (summary) {
      summary.focus();
    }
  }

  /* A form is sent once; the button says that it works on it. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented) {
      return;
    }
    if (form.dataset.sent === "1") {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.querySelectorAll("[type=submit]").forEach(function (button) {
      button.setAttribute("aria-busy", "true");
    });
  });
  /* Back from the cache of the browser, the form may be sent again. */
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach(function (button) {
        button.removeAttribute("aria-busy");
      });
    });
  });

  function addReveals(root) {
    root.querySelectorAll(".pf-password:not(.is-ready)").forEach(function (box) {
      var input = box.querySelector("input");
      var template = document.getElementById("pf-reveal");
      if (!input || !template) {
        return;
      }
      box.classList.add("is-ready");
      var button = template.content.firstElementChild.cloneNode(true);
      button.addEventListener("click", function () {
        var shown = input.type === "text";
        input.type = shown ? "password" : "text";
        button.setAttribute("aria-pressed", String(!shown));
      });
      box.appendChild(button);
    });
  }

  /* The polite live region, for scripts of pages: pf.say("…"). */
  window.pf = {
    say: function (sentence) {
      var live = document.getElementById("live");
      live.textContent = "";
      window.requestAnimationFrame(function () {
        live.textContent = sentence;
      });
    }
  };

  function start() {
    addReveals(document);
    focusErrors(document);
    if (window.faces && window.faces.ajax) {
      window.faces.ajax.addOnEvent(function (data) {
        if (data.status === "success") {
          addReveals(document);
          focusErrors(document);
        }
      });
      window.faces.ajax.addOnError(function () {
        window.pf.say(readyText(navigator.onLine ? "failed" : "offline"));
      });
    }
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
