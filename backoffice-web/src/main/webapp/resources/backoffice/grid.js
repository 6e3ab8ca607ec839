/* What the grids do by script: keys, where the focus goes, what is said. */
(function () {
  "use strict";

  var opener = null;
  var said = null;

  function byId(id) {
    return document.getElementById(id);
  }

  function count() {
    var count = byId("count");
    return count ? count.textContent : "";
  }

  window.bo = {
    /* After a search: how many, for those who do not see it. */
    found: function () {
      window.pf.say(count());
    },
    /* A panel opened: the focus goes to its head. The next and previous ones keep it on their button. */
    opened: function () {
      var focused = document.activeElement;
      if (focused && (focused.id === "next" || focused.id === "previous") && !focused.disabled) {
        window.pf.say(byId("panelTitle").textContent + " " + panelName());
        return;
      }
      var title = document.querySelector(".bo-question h3") || document.querySelector(".bo-panel h2");
      if (title) {
        title.focus();
      } else {
        focusSummary();
      }
    },
    /* A form was sent: the focus goes to what it was refused for, or to what came of it. */
    answered: function () {
      if (document.querySelector(".pf-summary")) {
        focusSummary();
      } else {
        window.bo.opened();
      }
    },
    /* What runs was asked after: said when there is something new to say. */
    looked: function () {
      var sentence = byId("watch").dataset.said;
      if (sentence && sentence !== said) {
        window.pf.say(sentence);
      }
      said = sentence;
    },
    /* Done on the spot: what came of it is said. The focus stays, or goes to the head of what its button has left. */
    told: function (head) {
      if (!sayNotice()) {
        return;
      }
      var place = byId(head);
      if (place && document.activeElement === document.body) {
        place.focus();
      }
    },
    /* The preview beside the fields has changed: the focus stays on the button. */
    previewed: function () {
      if (document.querySelector(".pf-summary")) {
        focusSummary();
      } else {
        window.pf.say(byId("preview").dataset.said);
      }
    },
    closed: function () {
      restore();
    },
    /* Something was changed: the sentence that says so stands above the list. */
    changed: function () {
      if (sayNotice()) {
        restore();
      }
    }
  };

  /* Says the sentence that tells what was done; false where the act was refused, and the focus is on why. */
  function sayNotice() {
    var notice = document.querySelector(".pf-messages .pf-notice");
    if (document.querySelector(".pf-summary")) {
      focusSummary();
      return false;
    }
    if (notice) {
      window.pf.say(notice.textContent);
    }
    return true;
  }

  function panelName() {
    var name = document.querySelector(".bo-panel-name");
    return name ? name.textContent : "";
  }

  function focusSummary() {
    var summary = document.querySelector(".pf-summary");
    if (summary) {
      summary.focus();
    }
  }

  function restore() {
    var button = opener && byId(opener);
    if (button) {
      button.focus();
    } else {
      byId("content").focus();
    }
  }

  /* A download answers with a file, not with a page: the form may be sent again. */
  document.addEventListener("submit", function (event) {
    if (event.submitter && event.submitter.classList.contains("bo-download")) {
      window.setTimeout(function () {
        delete event.target.dataset.sent;
        event.submitter.removeAttribute("aria-busy");
      }, 1000);
    }
  });

  /* Copies a field. Where the browser does not let it, the field is selected for the reader to copy. */
  function copy(button) {
    var field = byId(button.dataset.copy);
    function selected() {
      field.focus();
      field.select();
      window.pf.say(button.dataset.selected);
    }
    if (!navigator.clipboard) {
      selected();
      return;
    }
    navigator.clipboard.writeText(field.value).then(function () {
      button.textContent = button.dataset.done;
      window.pf.say(button.dataset.done);
    }, selected);
  }

  /* A file that is too large is refused before it is sent. */
  document.addEventListener("change", function (event) {
    var input = event.target;
    if (input.type !== "file" || !input.dataset.most) {
      return;
    }
    var large = input.files.length > 0 && input.files[0].size > Number(input.dataset.most);
    input.setCustomValidity(large ? input.dataset.tooLarge : "");
    byId(input.id + "-error").textContent = large ? input.dataset.tooLarge : "";
    if (large) {
      input.setAttribute("aria-invalid", "true");
      window.pf.say(input.dataset.tooLarge);
    } else {
      input.removeAttribute("aria-invalid");
    }
  });

  /* An act that must not be done twice is asked for once: a second click would wait and follow the first. */
  document.addEventListener("click", function (event) {
    var button = event.target.closest(".bo-once");
    if (!button) {
      return;
    }
    if (button.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    button.setAttribute("aria-busy", "true");
  }, true);

  function release() {
    document.querySelectorAll(".bo-once[aria-busy]").forEach(function (button) {
      button.removeAttribute("aria-busy");
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest(".bo-grid .bo-act, .bo-opens");
    if (button) {
      opener = button.id;
    }
    var copying = event.target.closest(".bo-copy");
    if (copying) {
      copy(copying);
    }
  });

  function typing(target) {
    return /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable;
  }

  function firstCriterion() {
    var criteria = document.querySelector(".bo-criteria");
    if (criteria) {
      criteria.open = true;
      return criteria.querySelector("input:not([type=hidden]), select");
    }
    return null;
  }

  function acts() {
    return Array.prototype.slice.call(document.querySelectorAll(".bo-grid tbody tr"));
  }

  /* Up and down go from row to row, on the action that has the focus. */
  function step(from, by) {
    var rows = acts();
    var row = rows.indexOf(from.closest("tr"));
    var place = Array.prototype.indexOf.call(from.closest("tr").querySelectorAll(".bo-act"), from);
    var next = rows[row + by];
    var buttons = next ? next.querySelectorAll(".bo-act") : [];
    if (buttons.length) {
      (buttons[place] || buttons[0]).focus();
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    var act = event.target.closest ? event.target.closest(".bo-grid .bo-act") : null;
    if (event.key === "/" && !typing(event.target)) {
      var criterion = firstCriterion();
      if (criterion) {
        event.preventDefault();
        criterion.focus();
      }
    } else if (event.key === "Escape") {
      var close = document.querySelector(".bo-panel .bo-close");
      if (close) {
        close.click();
      }
    } else if (act && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(act, event.key === "ArrowDown" ? 1 : -1);
    }
  });

  /* The criteria stay folded for who folded them. */
  function remember() {
    var criteria = document.querySelector(".bo-criteria");
    if (!criteria) {
      return;
    }
    try {
      if (window.localStorage.getItem("bo.criteria") === "folded" || window.matchMedia("(max-width: 760px)").matches) {
        criteria.open = false;
      }
      criteria.addEventListener("toggle", function () {
        window.localStorage.setItem("bo.criteria", criteria.open ? "open" : "folded");
      });
    } catch (unavailable) {
      criteria.open = true;
    }
  }

  /* While a job runs the grid is asked for again, two seconds after each answer; not behind another tab. */
  function watch() {
    window.setTimeout(function () {
      var live = document.querySelector("#watch.is-live");
      if (live && !document.hidden) {
        window.boLook();
      }
      watch();
    }, 2000);
  }

  /* On a phone the menu is one line that scrolls: the page's own entry is to be seen. */
  function showCurrent() {
    var menu = document.querySelector(".pf-menu");
    var current = document.querySelector(".pf-menu-link.is-current");
    if (menu && current) {
      menu.scrollLeft += current.getBoundingClientRect().left - menu.getBoundingClientRect().left - 8;
    }
  }

  showCurrent();
  if (document.getElementById("watch")) {
    watch();
  }
  remember();
  if (window.jQuery) {
    window.jQuery(document).on("pfAjaxSend", function () {
      document.body.classList.add("is-busy");
    }).on("pfAjaxComplete", function () {
      document.body.classList.remove("is-busy");
      release();
    }).on("pfAjaxError", function () {
      window.pf.say(document.body.dataset[navigator.onLine ? "failed" : "offline"]);
    });
  }
})();
