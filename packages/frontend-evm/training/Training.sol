// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// A contract that contracts make.
contract Child {
    uint256 private immutable serial;
    uint256 private visits;

    constructor(uint256 number) payable {
        serial = number;
        visits = number | 1;
    }

    function next() external returns (uint256) {
        return ++visits + serial;
    }
}

/// What the machine runs and compiles while nothing else asks for it: code as contracts have it, of no use in itself.
contract Training {
    struct Position {
        int128 size;
        uint64 price;
        address owner;
        bool isOpen;
    }

    event Moved(address indexed from, address indexed to, uint256 amount);
    error TooSmall(uint256 wanted, uint256 given);

    uint256 public total;
    mapping(address => uint256) public balanceOf;
    mapping(uint256 => mapping(address => Position)) private positions;
    uint256[] private prices;

    function sums(uint256 rounds) external pure returns (uint256 sum) {
        for (uint256 i = 0; i < rounds; i++) {
            sum += mulDiv(i + 7, sum | 3, 1 + (i & 0xff)) % 1_000_003;
            if (i & 15 == 3) sum = sqrt(sum) ^ (sum << 3) ^ (sum >> 2);
        }
    }

    function signed(uint256 rounds) external pure returns (int256 value) {
        value = 1 << 200;
        for (uint256 i = 1; i <= rounds; i++) {
            int256 step = int256(i) - 20;
            value = step < 0 ? (value / 3) * 2 - step : (value % 1e18) + int128(value >> 9);
            unchecked {
                value += int16(int256(uint256(keccak256(abi.encode(value, i)))));
            }
        }
    }

    function transfers(uint256 rounds) external {
        address from = msg.sender;
        balanceOf[from] += 1e18;
        for (uint256 i = 0; i < rounds; i++) {
            address to = address(uint160(i % 5) + 0x1000);
            uint256 amount = 1 + (i % 3);
            if (balanceOf[from] < amount) revert TooSmall(amount, balanceOf[from]);
            balanceOf[from] -= amount;
            balanceOf[to] += amount;
            emit Moved(from, to, amount);
            total = mulDiv(total + amount, 1e18, 1e18 + 1);
        }
    }

    function trades(uint256 rounds) external returns (uint256 open) {
        for (uint256 i = 0; i < rounds; i++) {
            Position storage position = positions[i % 3][msg.sender];
            position.size += int128(int256(i)) - 2;
            position.price = uint64((uint256(position.price) * 3 + i) / 4);
            position.owner = msg.sender;
            position.isOpen = position.size != 0;
            if (position.isOpen) open++;
            prices.push(position.price);
            if (prices.length > 4) prices.pop();
        }
    }

    function texts(uint256 rounds) external pure returns (bytes32 digest) {
        bytes memory text = "margin";
        for (uint256 i = 0; i < rounds; i++) {
            text = abi.encodePacked(text, uint8(i), digest);
            if (text.length > 200) text = "call";
            uint256[] memory sorted = sort(text, 5);
            digest = keccak256(abi.encodePacked(sorted, digest));
        }
    }

    function calls(Training other, uint256 rounds) external returns (uint256 failures) {
        for (uint256 i = 0; i < rounds; i++) {
            total += other.total() + other.sums(3);
            try other.fails(i) returns (uint256 value) {
                total += value;
            } catch (bytes memory reason) {
                failures += reason.length == 0 ? 0 : 1;
            }
            (bool ok, bytes memory data) = address(this).delegatecall(abi.encodeCall(this.texts, (1)));
            if (!ok || data.length != 32) failures++;
            (ok, ) = address(uint160(0x2000 + i)).call{value: address(this).balance > i ? 1 : 0}("");
            if (!ok) failures++;
        }
    }

    function creations(uint256 rounds) external returns (uint256 sum) {
        for (uint256 i = 0; i < rounds; i++) {
            Child child = i & 1 == 0 ? new Child(total + i) : new Child{salt: bytes32(total + i)}(i);
            unchecked {
                sum += child.next() + address(child).code.length;
            }
        }
        total += rounds;
    }

    function fails(uint256 odd) external pure returns (uint256) {
        require(odd % 2 == 0, "odd");
        return odd / 2;
    }

    function sort(bytes memory text, uint256 length) private pure returns (uint256[] memory values) {
        values = new uint256[](length);
        for (uint256 i = 0; i < length; i++) {
            uint256 value = uint8(text[(i * 7) % text.length]);
            uint256 at = i;
            for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
            values[at] = value;
        }
    }

    function sqrt(uint256 x) private pure returns (uint256 root) {
        root = x;
        for (uint256 next = (x >> 1) + 1; next < root; next = (x / next + next) >> 1) root = next;
    }

    function mulDiv(uint256 a, uint256 b, uint256 d) private pure returns (uint256) {
        uint256 low;
        uint256 high;
        assembly {
            let mm := mulmod(a, b, not(0))
            low := mul(a, b)
            high := sub(sub(mm, low), lt(mm, low))
        }
        return high == 0 ? low / d : addmod(low, high, d);
    }
}
