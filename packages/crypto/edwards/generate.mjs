// Writes out the products of the field of 2^255 - 19 as AssemblyScript: ten limbs of 26 and 25 bits in turn, lowest first.

const LIMBS = 10;
const bitsOf = (index) => (index % 2 === 0 ? 26 : 25);
/** In which order limbs give their carry to the next, so that none keeps more than its bits and one. */
const CARRY_ORDER = [0, 4, 1, 5, 2, 6, 3, 7, 4, 8, 9, 0];

const limbs = Array.from({ length: LIMBS }, (_, index) => index);
const loads = (name, pointer) =>
  limbs.map((i) => `  const ${name}${i}: i64 = load<i32>(${pointer}, ${4 * i});`);

/** What wraps around 2^255 counts 19 times; two odd limbs count twice, as their bits are halves. */
const factorOf = (i, j) => (i + j >= LIMBS ? 19 : 1) * (i % 2 === 1 && j % 2 === 1 ? 2 : 1);

function carries() {
  return CARRY_ORDER.flatMap((index) => {
    const bits = bitsOf(index);
    const next = (index + 1) % LIMBS;
    return [
      `  c = (h${index} + ${2 ** (bits - 1)}) >> ${bits};`,
      `  h${next} += c${next === 0 ? " * 19" : ""};`,
      `  h${index} -= c << ${bits};`,
    ];
  });
}

const end = () => [
  "  let c: i64 = 0;",
  ...carries(),
  ...limbs.map((i) => `  store<i32>(to, i32(h${i}), ${4 * i});`),
  "}",
];

/** Text of `generated/field.ts`. */
export function fieldSource() {
  const multiply = [
    "/** to = f * g; limbs may have a bit and a half more than they should. */",
    "export function multiply(to: usize, f: usize, g: usize): void {",
    ...loads("f", "f"),
    ...loads("g", "g"),
    ...limbs.slice(1).map((i) => `  const n${i} = g${i} * 19;`),
    ...limbs.filter((i) => i % 2 === 1).map((i) => `  const d${i} = f${i} * 2;`),
    ...limbs.map((k) => {
      const terms = limbs.map((i) => {
        const j = (k - i + LIMBS) % LIMBS;
        const factor = factorOf(i, j);
        return `${factor % 2 === 0 ? "d" : "f"}${i} * ${factor >= 19 ? "n" : "g"}${j}`;
      });
      return `  let h${k} = ${terms.join(" + ")};`;
    }),
    ...end(),
  ];
  const square = [
    "/** to = f * f. */",
    "export function square(to: usize, f: usize): void {",
    ...loads("f", "f"),
    ...limbs.map((i) => `  const d${i} = f${i} * 2;`),
    ...limbs.slice(1).map((i) => `  const n${i} = f${i} * 19;`),
    ...limbs.map((k) => {
      const terms = [];
      for (const i of limbs) {
        const j = (k - i + LIMBS) % LIMBS;
        if (j < i) continue;
        const factor = factorOf(i, j);
        const right = `${factor >= 19 ? "n" : "f"}${j}`;
        const isTwice = (i === j ? 1 : 2) * (factor % 2 === 0 ? 2 : 1);
        const left = isTwice === 1 ? `f${i}` : isTwice === 2 ? `d${i}` : `d${i} * 2`;
        terms.push(`${left} * ${right}`);
      }
      return `  let h${k} = ${terms.join(" + ")};`;
    }),
    ...end(),
  ];
  return `${[...multiply, "", ...square].join("\n")}\n`;
}
