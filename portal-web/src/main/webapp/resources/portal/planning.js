/* The planning: one handler for all cells, one sheet, one form. The server says every word that is shown. */
(function () {
  "use strict";

  var table = document.getElementById("planning");
  if (!table) {
    return;
  }
  var sheet = document.getElementById("sheet");
  var said = document.getElementById("said");
  var undo = document.getElementById("undo");
  var chosen = document.getElementById("chosen");
  var choose = document.getElementById("choose");
  var confirmButton = document.getElementById("sheet-confirm");
  var errorText = document.getElementById("sheet-error");
  var asked = null;
  var sending = false;

  function byId(id) {
    return document.getElementById(id);
  }

  /* Drawn once for each opened sheet: sent twice, it is one request. */
  function newKey() {
    var bytes = new Uint8Array(16);
    window.crypto.getRandomValues(bytes);
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.from(bytes, function (b) {
      return (b + 256).toString(16).slice(1);
    }).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /* --- the sheet --- */
  function open(act, cells, title, where, what, from) {
    asked = { act: act, cells: cells, key: newKey(), from: from.dataset.cell || null };
    byId("sheet-title").textContent = title;
    byId("sheet-where").textContent = where;
    byId("sheet-what").textContent = what;
    byId("sheet-reason").value = "";
    byId("sheet-absence").hidden = act !== "CANCEL" || byId("sheet-reason").options.length < 2;
    byId("sheet-call").hidden = act !== "";
    confirmButton.hidden = act === "";
    errorText.textContent = "";
    confirmButton.removeAttribute("aria-busy");
    sheet.showModal();
    place(from);
    (act === "" ? byId("sheet-close") : confirmButton).focus();
  }

  /* At the cell where there is room; a phone has it at the bottom, by style sheet. */
  function place(from) {
    sheet.style.removeProperty("left");
    sheet.style.removeProperty("top");
    if (window.matchMedia("(max-width: 760px)").matches) {
      return;
    }
    var cell = from.getBoundingClientRect();
    var box = sheet.getBoundingClientRect();
    var left = Math.min(Math.max(16, cell.left), window.innerWidth - box.width - 16);
    var below = cell.bottom + 8 + box.height < window.innerHeight;
    var top = below ? cell.bottom + 8 : Math.max(16, cell.top - box.height - 8);
    sheet.style.left = left + "px";
    sheet.style.top = top + "px";
  }

  function openCell(cell) {
    var data = cell.dataset;
    open(data.act || "", [data.cell], data.title, data.where + ", " + data.hours, data.what, cell);
  }

  function close() {
    sheet.close();
  }

  sheet.addEventListener("close", function () {
    var back = asked && asked.from && byId("c" + asked.from);
    if (back) {
      back.focus();
    }
  });
  sheet.addEventListener("click", function (event) {
    if (event.target === sheet) {
      close();
    }
  });
  byId("sheet-close").addEventListener("click", close);

  confirmButton.addEventListener("click", function () {
    if (sending || !asked) {
      return;
    }
    sending = true;
    confirmButton.setAttribute("aria-busy", "true");
    errorText.textContent = "";
    byId("cells").value = asked.cells.join(",");
    byId("act").value = asked.act;
    byId("absence").value = byId("sheet-reason").value;
    byId("key").value = asked.key;
    byId("shownAt").value = table.dataset.shownAt;
    send().then(finished, failed);
  });

  /* Faces' own script runs what an answer brings with eval, which the content security policy forbids; this answer is read
     instead: one part of the page, or where to go. */
  function send() {
    var body = new URLSearchParams(new FormData(byId("wish")));
    body.set("jakarta.faces.source", "send");
    body.set("jakarta.faces.behavior.event", "action");
    body.set("jakarta.faces.partial.ajax", "true");
    body.set("jakarta.faces.partial.execute", "send wish");
    body.set("jakarta.faces.partial.render", "result");
    return fetch(byId("wish").action, {
      method: "POST",
      headers: { "Faces-Request": "partial/ajax", "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" },
      body: body.toString()
    }).then(function (response) {
      if (!response.ok) {
        throw new Error("status " + response.status);
      }
      return response.text();
    }).then(function (text) {
      var answer = new DOMParser().parseFromString(text, "text/xml");
      var elsewhere = answer.querySelector("redirect");
      var part = answer.querySelector("update[id=result]");
      if (elsewhere) {
        window.location.assign(elsewhere.getAttribute("url"));
        return null;
      }
      if (!part) {
        /* The page had expired: nothing was done. */
        window.location.reload();
        return null;
      }
      var data = new DOMParser().parseFromString(part.textContent, "text/html").getElementById("result-data");
      if (!data) {
        throw new Error("no answer");
      }
      return data;
    });
  }

  function failed() {
    sending = false;
    confirmButton.removeAttribute("aria-busy");
    errorText.textContent = navigator.onLine ? sheet.dataset.failed : sheet.dataset.offline;
  }

  function finished(data) {
    if (data === null) {
      return;
    }
    sending = false;
    confirmButton.removeAttribute("aria-busy");
    var outcome = data.dataset.outcome;
    var sentence = data.dataset.said;
    replaceCells(data);
    if (outcome === "done") {
      stopChoosing();
      close();
      tell(sentence);
      window.pf.say(sentence);
    } else {
      errorText.textContent = sentence;
      byId("sheet-call").hidden = outcome === "busy";
      confirmButton.hidden = outcome !== "busy";
      if (outcome !== "busy") {
        byId("sheet-close").focus();
      }
    }
  }

  function replaceCells(data) {
    data.querySelectorAll("[data-for]").forEach(function (box) {
      var old = table.querySelector("#c" + CSS.escape(box.dataset.for));
      var fresh = box.firstElementChild;
      if (old && fresh) {
        old.replaceWith(document.importNode(fresh, true));
      }
    });
  }

  function tell(sentence) {
    var cell = asked && asked.cells.length === 1 && asked.act !== "WITHDRAW" ? byId("c" + asked.cells[0]) : null;
    said.hidden = false;
    said.querySelector(".plan-said-text").textContent = sentence;
    undo.hidden = !cell || !cell.dataset.act;
    undo.dataset.cell = cell ? cell.dataset.cell : "";
  }

  undo.addEventListener("click", function () {
    var cell = byId("c" + undo.dataset.cell);
    if (cell) {
      openCell(cell);
    }
  });

  /* --- cells: one handler for all --- */
  table.addEventListener("click", function (event) {
    var cell = event.target.closest("button.plan-cell");
    if (!cell) {
      return;
    }
    if (choosing()) {
      toggle(cell);
    } else {
      openCell(cell);
    }
  });

  /* Arrows go from cell to cell; Tab does as ever. */
  table.addEventListener("keydown", function (event) {
    var cell = event.target.closest("button.plan-cell");
    var step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!cell || !step) {
      return;
    }
    var next = neighbour(cell.closest("td"), step[0], step[1]);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  function neighbour(from, down, across) {
    var rows = Array.from(table.querySelectorAll("tr[data-activity]")).filter(function (row) {
      return row.offsetParent !== null;
    });
    var row = rows.indexOf(from.parentElement);
    var column = from.cellIndex;
    for (;;) {
      row += down;
      column += across;
      var td = rows[row] && rows[row].cells[column];
      if (!td || column < 1) {
        return null;
      }
      var cell = td.querySelector("button.plan-cell");
      if (cell && cell.offsetParent !== null) {
        return cell;
      }
    }
  }

  /* --- several cells at once --- */
  function choosing() {
    return choose.getAttribute("aria-pressed") === "true";
  }

  function picked() {
    return Array.from(table.querySelectorAll(".plan-cell[aria-pressed=true]"));
  }

  choose.addEventListener("click", function () {
    if (choosing()) {
      stopChoosing();
    } else {
      choose.setAttribute("aria-pressed", "true");
      choose.textContent = choose.dataset.on;
      table.classList.add("is-choosing");
      count();
    }
  });

  function stopChoosing() {
    choose.setAttribute("aria-pressed", "false");
    choose.textContent = choose.dataset.off;
    table.classList.remove("is-choosing");
    picked().forEach(function (cell) {
      cell.removeAttribute("aria-pressed");
    });
    chosen.hidden = true;
  }

  function toggle(cell) {
    if (cell.dataset.act !== "BOOK" && cell.dataset.act !== "CANCEL") {
      openCell(cell);
      return;
    }
    var on = cell.getAttribute("aria-pressed") === "true";
    if (!on && picked().some(function (other) { return other.dataset.act !== cell.dataset.act; })) {
      chosen.querySelector(".plan-chosen-text").textContent = chosen.dataset.mixed;
      return;
    }
    cell.setAttribute("aria-pressed", String(!on));
    count();
  }

  function count() {
    var cells = picked();
    var go = byId("chosen-go");
    chosen.hidden = false;
    go.hidden = cells.length === 0;
    chosen.querySelector(".plan-chosen-text").textContent = cells.length === 0 ? chosen.dataset.help
      : cells.length === 1 ? chosen.dataset.one : chosen.dataset.many.replace("{0}", cells.length);
    if (cells.length) {
      go.textContent = cells[0].dataset.act === "BOOK" ? go.dataset.book : go.dataset.cancel;
    }
  }

  byId("chosen-go").addEventListener("click", function (event) {
    var cells = picked();
    var booking = cells[0].dataset.act === "BOOK";
    open(cells[0].dataset.act, cells.map(function (cell) { return cell.dataset.cell; }),
      booking ? sheet.dataset.book : sheet.dataset.cancel,
      chosen.querySelector(".plan-chosen-text").textContent,
      booking ? sheet.dataset.whatBook : sheet.dataset.whatCancel, event.currentTarget);
  });

  /* --- a day at a time on a phone --- */
  function showDay(day) {
    table.dataset.day = day;
    document.querySelectorAll("[data-day]").forEach(function (part) {
      if (part !== table) {
        part.classList.toggle("is-shown", part.dataset.day === day);
      }
    });
    document.querySelectorAll(".plan-strip a").forEach(function (link) {
      if (link.dataset.day === day) {
        link.setAttribute("aria-current", "date");
      } else {
        link.removeAttribute("aria-current");
      }
    });
  }

  var strip = document.querySelector(".plan-strip");
  strip.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-day]");
    if (link) {
      event.preventDefault();
      showDay(link.dataset.day);
    }
  });
  showDay(table.dataset.day);

  var touch = null;
  table.addEventListener("touchstart", function (event) {
    touch = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  table.addEventListener("touchend", function (event) {
    if (!touch || !window.matchMedia("(max-width: 760px)").matches) {
      return;
    }
    var across = event.changedTouches[0].clientX - touch.clientX;
    var down = event.changedTouches[0].clientY - touch.clientY;
    if (Math.abs(across) < 60 || Math.abs(across) < 2 * Math.abs(down)) {
      return;
    }
    var links = Array.from(strip.querySelectorAll("a[data-day]"));
    var at = links.findIndex(function (link) { return link.dataset.day === table.dataset.day; });
    var next = links[at + (across < 0 ? 1 : -1)];
    if (next) {
      showDay(next.dataset.day);
    }
  }, { passive: true });

  /* --- chips that remember --- */
  var memory = "planning." + table.dataset.town;

  function hiddenChips() {
    try {
      return JSON.parse(window.localStorage.getItem(memory) || "[]");
    } catch (e) {
      return [];
    }
  }

  function nameOf(chip) {
    return chip.dataset.child ? "child" + chip.dataset.child : "activity" + chip.dataset.activity;
  }

  function applyChips() {
    var off = [];
    document.querySelectorAll(".plan-chip").forEach(function (chip) {
      var shown = chip.getAttribute("aria-pressed") === "true";
      var parts = chip.dataset.child
        ? table.querySelectorAll("tbody[data-child='" + chip.dataset.child + "']")
        : table.querySelectorAll("tr[data-activity='" + chip.dataset.activity + "']");
      parts.forEach(function (part) {
        part.hidden = !shown;
      });
      if (!shown) {
        off.push(nameOf(chip));
      }
    });
    try {
      window.localStorage.setItem(memory, JSON.stringify(off));
    } catch (e) {
      /* A browser that keeps nothing shows everything again next time. */
    }
  }

  document.querySelector(".plan-filters").addEventListener("click", function (event) {
    var chip = event.target.closest(".plan-chip");
    if (chip) {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      applyChips();
    }
  });
  var remembered = hiddenChips();
  document.querySelectorAll(".plan-chip").forEach(function (chip) {
    if (remembered.indexOf(nameOf(chip)) >= 0) {
      chip.setAttribute("aria-pressed", "false");
    }
  });
  applyChips();
})();
