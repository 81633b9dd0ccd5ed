// A Word file put together in this page: what is written into it here is seen by nobody else.
// A .docx is a ZIP of XML parts; they are stored as they are (method 0), for which the format needs lengths and CRC-32 only.
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const [VERSION, UTF8, DATE] = [20, 0x0800, 0x5021]; // 1 January 2020: the file tells no hour

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

export function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function record(...fields) { // [value, bytes] each, least significant byte first
  const view = new DataView(new ArrayBuffer(fields.reduce((size, [, length]) => size + length, 0)));
  let at = 0;
  for (const [value, length] of fields) {
    if (length === 4) view.setUint32(at, value, true); else view.setUint16(at, value, true);
    at += length;
  }
  return new Uint8Array(view.buffer);
}

// parts: {name: text}, in their order. -> Blob
export function zipped(parts, type) {
  const pieces = [], directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const [called, content] = [name, text].map((each) => new TextEncoder().encode(each));
    const common = [[VERSION, 2], [UTF8, 2], [0, 2], [0, 2], [DATE, 2], [crc32(content), 4], [content.length, 4], [content.length, 4], [called.length, 2], [0, 2]];
    const local = record([LOCAL, 4], ...common);
    pieces.push(local, called, content);
    directory.push(record([CENTRAL, 4], [VERSION, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), called);
    at += local.length + called.length + content.length;
  }
  const length = directory.reduce((size, each) => size + each.length, 0), count = Object.keys(parts).length;
  const end = record([END, 4], [0, 2], [0, 2], [count, 2], [count, 2], [length, 4], [at, 4], [0, 2]);
  return new Blob([...pieces, ...directory, end], { type });
}

export const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

// The parts that the server drew up, with each mark replaced by its line. Marks occur once; lines are letters, digits, dashes.
export function filled(parts, marks, lines) {
  const document = marks.reduce((text, mark, at) => {
    if (!/^[0-9A-Z-]+$/.test(lines[at]) || text.split(mark).length !== 2) throw new TypeError("no such sheet");
    return text.replace(mark, lines[at]);
  }, parts["word/document.xml"]);
  return { ...parts, "word/document.xml": document };
}

export function saved(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
