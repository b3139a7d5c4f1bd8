import { equalBytes } from "@dragoman/bytes";

/** Initcode of one form: a program whose code is `prefix` and zeros, so that it runs like any code of the length that begins with the prefix. */
interface Template<P> {
  readonly prefix: Uint8Array;
  readonly program: P;
}

interface Sightings<P> {
  count: number;
  readonly templates: Template<P>[];
}

/** Creations with one length and beginning after which it is worth finding out what of the initcode runs. */
const SIGHTINGS_MIN = 4;
const TEMPLATES_MAX = 4;
const FORMS_MAX = 512;
/** Bytes by which initcode is told apart at first. */
const BEGINNING = 16;

/**
 * Programs of initcode that differs in what no run reaches: the code to deploy, with its immutables, and the constructor's arguments. CODECOPY reads those from
 * the code of the running frame, and all else that a run depends on is the prefix and the length.
 */
export class InitcodeTemplates<P> {
  readonly #forms = new Map<number, Sightings<P>>();
  readonly #extentOf: (code: Uint8Array) => number;
  readonly #open: (code: Uint8Array) => P;

  /**
   * @param extentOf bytes of the code that can run, or -1
   * @param open the program of a template's code
   */
  constructor(extentOf: (code: Uint8Array) => number, open: (code: Uint8Array) => P) {
    this.#extentOf = extentOf;
    this.#open = open;
  }

  /** The program that runs like the code; undefined if there is none, or not yet. */
  find(code: Uint8Array): P | undefined {
    let key = code.length;
    for (let i = 0; i < BEGINNING && i < code.length; i++) {
      key = Math.imul(key ^ code[i], 0x01000193);
    }
    let form = this.#forms.get(key);
    if (form === undefined) {
      if (this.#forms.size >= FORMS_MAX) this.#forms.clear();
      form = { count: 0, templates: [] };
      this.#forms.set(key, form);
    }
    for (const { prefix, program } of form.templates) if (beginsWith(code, prefix)) return program;
    if (++form.count < SIGHTINGS_MIN || form.templates.length >= TEMPLATES_MAX) return undefined;
    form.count = 0;
    return this.#add(form, code);
  }

  #add(form: Sightings<P>, code: Uint8Array): P | undefined {
    const extent = this.#extentOf(code);
    if (extent < 0) return undefined;
    const blank = new Uint8Array(code.length);
    blank.set(code.subarray(0, extent));
    // Without the data behind it the code must keep to the prefix too: a constant may look like a destination there.
    const left = this.#extentOf(blank);
    if (left < 0 || left > extent) return undefined;
    const program = this.#open(blank);
    form.templates.push({ prefix: code.slice(0, extent), program });
    return program;
  }
}

const beginsWith = (code: Uint8Array, prefix: Uint8Array): boolean =>
  equalBytes(code.subarray(0, prefix.length), prefix);
