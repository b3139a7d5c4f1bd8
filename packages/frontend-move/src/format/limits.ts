/** The largest numbers that the format allows; beyond them a file is MALFORMED. */
export const LIMIT = {
  tableCount: 255,
  index: 65535,
  signatureSize: 255,
  identifierSize: 255,
  constantSize: 65535,
  metadataKeySize: 1023,
  metadataValueSize: 65535,
  fieldCount: 255,
  fieldOffset: 255,
  variantCount: 127,
  variantOffset: 127,
  acquiresCount: 255,
  typeParameterCount: 255,
  typeParameterIndex: 65535,
  accessSpecifierCount: 64,
  instructionCount: 65535,
  localIndex: 255,
  tokenDepth: 256,
  attributeCount: 16,
  /** Sui and IOTA: jump tables of a function, and their targets. */
  jumpTableCount: 127,
  /** Sui and IOTA: they bound names by their limits at publication alone. */
  suiIdentifierSize: 65535,
  /** Ours: bytes of a file. The largest published module has less than a tenth of it. */
  fileSize: 4 << 20,
  /** Ours: type nodes of all signatures, constants and fields of a file. */
  typeNodes: 1 << 20,
} as const;
