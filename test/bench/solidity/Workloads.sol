// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Value to accounts that do not exist yet.
contract ValueTransfers {
    function run(uint256 n) external returns (uint256) {
        for (uint256 i = 0; i < n; i++) {
            (bool ok, ) = address(uint160(0x100000 + i)).call{value: i + 1}("");
            require(ok);
        }
        return address(this).balance;
    }
}

/// Calls that call: `run` goes `depth` frames down, n times.
contract DeepCalls {
    function run(uint256 n, uint256 depth) external view returns (uint256 sum) {
        for (uint256 i = 0; i < n; i++) sum += this.descend(depth);
    }

    function descend(uint256 depth) external view returns (uint256) {
        return depth == 0 ? 1 : 1 + this.descend(depth - 1);
    }
}

/// Frames that write slots, log, and revert with data.
contract Rollbacks {
    mapping(uint256 => uint256) public slots;

    event Written(uint256 indexed at);
    error TakenBack(uint256 at, uint256 sum);

    function run(uint256 n) external returns (uint256 sum) {
        for (uint256 i = 0; i < n; i++) {
            try this.writeAndRevert(i) {
                revert();
            } catch (bytes memory reason) {
                require(reason.length == 68);
                assembly {
                    sum := add(sum, mload(add(reason, 0x44)))
                }
            }
            require(slots[i] == 0);
        }
    }

    function writeAndRevert(uint256 at) external {
        uint256 sum = 0;
        for (uint256 i = 0; i < 4; i++) {
            slots[at + i] = at + i + 1;
            sum += slots[at + i];
        }
        emit Written(at);
        revert TakenBack(at, sum);
    }
}

/// Events with topics and data.
contract Logs {
    event Small(uint256 indexed at);
    event Large(uint256 indexed at, address indexed by, bytes32 indexed tag, uint256[4] values);

    function run(uint256 n) external returns (uint256) {
        uint256[4] memory values;
        for (uint256 i = 0; i < n; i++) {
            values[i & 3] = i;
            emit Small(i);
            emit Large(i, msg.sender, bytes32(i * i), values);
        }
        return values[0] + values[1] + values[2] + values[3];
    }
}

interface Counter {
    function count() external view returns (uint256);
    function increment() external returns (uint256);
}

contract Counts is Counter {
    uint256 public count = 0;

    function increment() external returns (uint256) {
        return ++count;
    }
}

/// Static calls: reads that succeed, and writes that must fail with the gas that they were given.
contract StaticChecks {
    function run(address counter, uint256 n) external view returns (uint256 failures) {
        for (uint256 i = 0; i < n; i++) {
            require(Counter(counter).count() == 0);
            if (i % 10 != 0) continue;
            (bool ok, ) = counter.staticcall{gas: 10000}(abi.encodeCall(Counter.increment, ()));
            if (!ok) failures++;
        }
    }
}

contract Child {
    uint256 public immutable value;
    uint256 public stored;

    constructor(uint256 given) {
        value = given;
        stored = given;
    }
}

/// CREATE and CREATE2 of a small contract, called once.
contract Creations {
    function run(uint256 n) external returns (uint256 sum) {
        for (uint256 i = 0; i < n; i++) {
            sum += new Child(i).value();
            sum += new Child{salt: bytes32(i)}(i).stored();
        }
    }
}

/// Calls through DELEGATECALL on the caller's storage (a proxy as of EIP-1967).
contract Delegations {
    uint256 public count;

    function run(address implementation, uint256 n) external returns (uint256) {
        for (uint256 i = 0; i < n; i++) {
            (bool ok, ) = implementation.delegatecall(abi.encodeCall(Counter.increment, ()));
            require(ok);
        }
        return count;
    }
}

/// Slots that were never touched: written, read and cleared.
contract ColdSlots {
    mapping(uint256 => uint256) private slots;

    function run(uint256 n) external returns (uint256 sum) {
        for (uint256 i = 0; i < n; i++) slots[i] = i + 1;
        for (uint256 i = 0; i < n; i++) sum += slots[i];
        for (uint256 i = 0; i < n; i += 10) delete slots[i];
    }
}
