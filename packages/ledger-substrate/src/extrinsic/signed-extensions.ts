import { ERA, H256 } from "../runtime/primitives.ts";
import { newtype } from "../scale/compounds.ts";
import { compact, U32, U128 } from "../scale/numbers.ts";
import { UNIT } from "../scale/sequences.ts";
import type { AnyShape } from "../scale/shape.ts";

/** A signed extension: its part of the extrinsic and its part of the signed payload alone. */
export interface SignedExtension {
  readonly identifier: string;
  readonly extra: AnyShape;
  readonly implicit: AnyShape;
}

const extension = (
  identifier: string,
  extra: AnyShape = UNIT,
  implicit: AnyShape = UNIT,
): SignedExtension => ({ identifier, extra, implicit });

/** In the order of their parts in extrinsics and payloads. */
export const SIGNED_EXTENSIONS: readonly SignedExtension[] = [
  extension("CheckNonZeroSender"),
  extension("CheckSpecVersion", UNIT, U32),
  extension("CheckTxVersion", UNIT, U32),
  extension("CheckGenesis", UNIT, H256),
  extension(
    "CheckMortality",
    newtype("frame_system::extensions::check_mortality::CheckMortality", ERA),
    H256,
  ),
  extension(
    "CheckNonce",
    newtype("frame_system::extensions::check_nonce::CheckNonce", compact(U32)),
  ),
  extension("CheckWeight"),
  extension(
    "ChargeTransactionPayment",
    newtype("pallet_transaction_payment::ChargeTransactionPayment", compact(U128)),
  ),
];
