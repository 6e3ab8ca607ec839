/* Looks for the number n with SHA-256(salt + n) = target. Own SHA-256: the browser's is missing without TLS. */
"use strict";

var K = [];
(function () {
  function fraction(root) {
    return (root - Math.floor(root)) * 0x100000000 | 0;
  }
  for (var candidate = 2; K.length < 64; candidate++) {
    var prime = true;
    for (var divisor = 2; divisor * divisor <= candidate; divisor++) {
      if (candidate % divisor === 0) {
        prime = false;
        break;
      }
    }
    if (prime) {
      K.push(fraction(Math.cbrt(candidate)));
    }
  }
})();

var H = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
var w = new Int32Array(64);

/* One block is enough: salt and number have fewer than 56 characters, all of them ASCII. */
function sha256(text) {
  var i;
  w.fill(0, 0, 16);
  for (i = 0; i < text.length; i++) {
    w[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8);
  }
  w[i >> 2] |= 0x80 << (24 - (i & 3) * 8);
  w[15] = text.length * 8;
  for (i = 16; i < 64; i++) {
    var x = w[i - 15];
    var y = w[i - 2];
    w[i] = w[i - 16] + w[i - 7]
      + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3))
      + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10));
  }
  var a = H[0] | 0, b = H[1] | 0, c = H[2] | 0, d = H[3] | 0, e = H[4] | 0, f = H[5] | 0, g = H[6] | 0, h = H[7] | 0;
  for (i = 0; i < 64; i++) {
    var t1 = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + ((e & f) ^ (~e & g)) + K[i] + w[i] | 0;
    var t2 = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + ((a & b) ^ (a & c) ^ (b & c)) | 0;
    h = g; g = f; f = e; e = d + t1 | 0; d = c; c = b; b = a; a = t1 + t2 | 0;
  }
  return [a + H[0], b + H[1], c + H[2], d + H[3], e + H[4], f + H[5], g + H[6], h + H[7]].map(function (word) {
    return ("0000000" + (word >>> 0).toString(16)).slice(-8);
  }).join("");
}

self.onmessage = function (event) {
  for (var number = 0; number <= event.data.largest; number++) {
    if (sha256(event.data.salt + number) === event.data.target) {
      self.postMessage(number);
      return;
    }
  }
};
