// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// Calls from Solidity to programs of other machines in the same transaction. The payload format is that of
/// packages/vm/src/portal/payload.ts.
library Portal {
    address internal constant ADDRESS = address(0x706f7274616c);

    uint8 internal constant SVM = 1;
    uint8 internal constant MOVE = 2;

    /// The callee ended with this outcome; all that it did is undone.
    error CalleeFailed(uint256 outcome);

    /// Payload of a call without accounts; gas 0 = all that is left.
    function encode(uint8 vm, uint64 gasLimit, bytes memory target, bytes memory input)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(
            uint8(1), vm, little(gasLimit, 8), little(target.length, 2), target, uint16(0), little(input.length, 4), input
        );
    }

    /// Calls through the portal; reverts if the callee fails.
    function call(bytes memory payload) internal returns (bytes memory) {
        (bool ok, bytes memory output) = ADDRESS.call(payload);
        if (!ok) revert CalleeFailed(output.length == 32 ? abi.decode(output, (uint256)) : 0);
        return output;
    }

    function little(uint256 value, uint256 size) private pure returns (bytes memory out) {
        out = new bytes(size);
        for (uint256 i; i < size; i++) out[i] = bytes1(uint8(value >> (8 * i)));
    }
}
