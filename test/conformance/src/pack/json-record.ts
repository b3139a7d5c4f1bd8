import { refuse } from "@dragoman/fault";

/** A JSON object of unknown make, read field by field; every refusal names the file and the field. */
export class JsonRecord {
  readonly where: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(where: string, value: unknown) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      refuse("MALFORMED_CASE", undefined, `${where}: an object is wanted here`);
    }
    this.where = where;
    this.#fields = value as Record<string, unknown>;
  }

  has(field: string): boolean {
    return this.#fields[field] !== undefined && this.#fields[field] !== null;
  }

  keys(): string[] {
    return Object.keys(this.#fields);
  }

  /** Whatever it is. */
  value(field: string): unknown {
    return this.#fields[field];
  }

  string(field: string): string {
    const value = this.#fields[field];
    if (typeof value !== "string") this.#refuse(field, "a string");
    return value;
  }

  boolean(field: string): boolean {
    const value = this.#fields[field];
    if (typeof value !== "boolean") this.#refuse(field, "true or false");
    return value;
  }

  number(field: string): number {
    const value = this.#fields[field];
    if (typeof value !== "number" || !Number.isFinite(value)) this.#refuse(field, "a number");
    return value;
  }

  /** A non-negative integer as number, decimal or 0x string. */
  integer(field: string): bigint {
    const value = this.#fields[field];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0)
      return BigInt(value);
    if (typeof value === "string" && /^(0x[0-9a-fA-F]+|[0-9]+)$/.test(value)) return BigInt(value);
    this.#refuse(field, "a non-negative integer");
  }

  /** Item `at` of a list of quantities or byte strings, as the name of the getter says. */
  item(field: string, at: number): JsonRecord {
    return new JsonRecord(`${this.where}: ${field}[${at}]`, { item: this.list(field)[at] });
  }

  /** Bytes from hex text, with or without 0x. */
  bytes(field: string): Uint8Array {
    const text = this.string(field).replace(/^0x/, "");
    if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) this.#refuse(field, "hex bytes");
    return new Uint8Array(Buffer.from(text, "hex"));
  }

  record(field: string): JsonRecord {
    return new JsonRecord(`${this.where}: ${field}`, this.#fields[field]);
  }

  records(field: string): JsonRecord[] {
    return this.list(field).map(
      (item, at) => new JsonRecord(`${this.where}: ${field}[${at}]`, item),
    );
  }

  strings(field: string): string[] {
    return this.list(field).map((item) => {
      if (typeof item !== "string") this.#refuse(field, "a list of strings");
      return item;
    });
  }

  /** A list of anything. */
  list(field: string): unknown[] {
    const value = this.#fields[field];
    if (!Array.isArray(value)) this.#refuse(field, "a list");
    return value;
  }

  #refuse(field: string, wanted: string): never {
    refuse("MALFORMED_CASE", undefined, `${this.where}: ${field}: ${wanted} is wanted here`);
  }
}
