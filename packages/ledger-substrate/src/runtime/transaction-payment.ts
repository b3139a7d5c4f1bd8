import { enumeration, row } from "../scale/compounds.ts";
import { U8, U128 } from "../scale/numbers.ts";
import { constant, type Pallet, valueOr } from "./pallet.ts";
import { ACCOUNT_ID } from "./primitives.ts";

const RELEASES = enumeration("pallet_transaction_payment::Releases", {
  V1Ancient: row(0, []),
  V2: row(1, []),
});

/** Multiplier 1 as a `FixedU128`. */
const ONE = 10n ** 18n;

export const TRANSACTION_PAYMENT = {
  name: "TransactionPayment",
  index: 11,
  calls: {},
  events: {
    TransactionFeePaid: row(
      0,
      { who: ACCOUNT_ID, actual_fee: U128, tip: U128 },
      "A transaction fee was paid, of which `tip` was added to the minimum inclusion fee.",
    ),
  },
  errors: {},
  storage: {
    NextFeeMultiplier: valueOr(U128, ONE, "Multiplier of the weight's fee: always 1 here."),
    StorageVersion: valueOr(RELEASES, { type: "V2", value: [] }, "Version of the storage."),
  },
  constants: {
    OperationalFeeMultiplier: constant(U8, 5, "A fee multiplier for Operational extrinsics."),
  },
} as const satisfies Pallet;
