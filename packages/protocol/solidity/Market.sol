// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {CollateralToken} from "./CollateralToken.sol";
import {Q32} from "./Q32.sol";

/// The market: packages/protocol/SPEC.md. Section numbers below are those of the specification.
contract Market {
    error MarketError(uint16 code);

    struct Perp {
        bool isLong;
        uint64 size;
        uint64 entry;
    }

    struct OptionSlot {
        uint64 expiry;
        uint64 strike;
        uint64 size;
        bool isCall;
        bool isLong;
    }

    struct Account {
        uint64 collateral;
        Perp perp;
        OptionSlot[4] options;
    }

    struct Requirement {
        uint256 initial;
        uint256 maintenance;
        uint256 exposure;
    }

    uint256 private constant SIZE_MAX = 1 << 40;
    uint256 private constant AMOUNT_MAX = 1 << 60;
    uint256 private constant LIFE_MAX = 31536000;
    uint256 private constant PACKET_BYTES = 139;

    CollateralToken public immutable token;
    uint32 public immutable domain;
    address public immutable publisher;
    uint256 public immutable volatility;
    uint256 public immutable threshold;

    uint64 public price;
    uint64 public confidence;
    uint64 public priceTime;
    uint64 public pool;
    uint64 public openLong;
    uint64 public openShort;
    uint64 public nextSequence = 1;

    mapping(address => bool) public isAttester;
    mapping(uint64 => uint64) public settlementPrice;
    mapping(uint64 => bytes32) public packetOf;
    mapping(uint32 => mapping(uint64 => bool)) public received;
    mapping(bytes32 => Account) private accounts;

    event Deposited(bytes32 indexed owner, uint64 amount);
    event Withdrawn(bytes32 indexed owner, uint64 amount);
    event PerpTraded(bytes32 indexed owner, bool isLong, uint64 size, uint64 price, uint64 fee, int64 pnl);
    event OptionTraded(
        bytes32 indexed owner,
        uint64 expiry,
        uint64 strike,
        bool isCall,
        bool isBuy,
        uint64 size,
        uint64 premium,
        uint64 fee
    );
    event OptionSettled(
        bytes32 indexed owner, uint64 expiry, uint64 strike, bool isCall, bool isLong, uint64 size, uint64 payout
    );
    event Liquidated(bytes32 indexed owner, bytes32 liquidator, int64 equity, uint64 reward, uint64 badDebt);
    event OracleUpdated(uint64 price, uint64 confidence, uint64 time);
    event PacketSent(bytes packet, uint64 sequence);
    event PacketReceived(bytes packet, uint64 sequence);
    event PacketRefunded(bytes packet, uint64 sequence);
    event PoolFunded(bytes32 indexed owner, uint64 amount);

    constructor(
        CollateralToken token_,
        uint32 domain_,
        address publisher_,
        uint256 volatility_,
        address[] memory attesters,
        uint256 threshold_
    ) {
        token = token_;
        domain = domain_;
        publisher = publisher_;
        volatility = volatility_;
        threshold = threshold_;
        need(volatility_ >= 1 && volatility_ <= 4 * Q32.ONE, 1);
        need(threshold_ >= 1 && threshold_ <= attesters.length, 1);
        address last;
        for (uint256 i; i < attesters.length; i++) {
            need(attesters[i] > last, 1);
            last = attesters[i];
            isAttester[last] = true;
        }
    }

    // --- reading ---------------------------------------------------------------------------------

    function account(bytes32 owner) external view returns (Account memory) {
        return accounts[owner];
    }

    /// Signed equity at the current price, and the margin that the positions need.
    function equity(bytes32 owner) external view returns (int256, Requirement memory) {
        return (equityOf(accounts[owner]), requirementOf(accounts[owner]));
    }

    /// Price and fee of a trade of the perpetual now.
    function quotePerp(uint64 size) external view returns (uint64, uint64) {
        checkSize(size);
        checkPrice();
        return (price, uint64(bps(notional(size, price), 5)));
    }

    /// Price, premium for the whole size and fee of a trade of an option now.
    function quoteOption(uint64 expiry, uint64 strike, bool isCall, uint64 size)
        external
        view
        returns (uint64, uint64, uint64)
    {
        checkSize(size);
        return (price, optionPremium(expiry, strike, isCall, size), uint64(bps(notional(size, price), 3)));
    }

    // --- collateral ------------------------------------------------------------------------------

    function deposit(uint64 amount) external {
        Account storage own = accounts[callerId()];
        checkAmount(amount);
        uint256 total = uint256(own.collateral) + amount;
        need(total < AMOUNT_MAX, 1);
        own.collateral = uint64(total);
        token.transferFrom(msg.sender, address(this), amount);
        emit Deposited(callerId(), amount);
    }

    function fundPool(uint64 amount) external {
        checkAmount(amount);
        uint256 total = uint256(pool) + amount;
        need(total < AMOUNT_MAX, 1);
        pool = uint64(total);
        token.transferFrom(msg.sender, address(this), amount);
        emit PoolFunded(callerId(), amount);
    }

    function withdraw(uint64 amount) external {
        Account storage own = accounts[callerId()];
        checkAmount(amount);
        take(own, amount);
        checkMargin(own, 0, true);
        token.transfer(msg.sender, amount);
        emit Withdrawn(callerId(), amount);
    }

    // --- trading ---------------------------------------------------------------------------------

    function publishPrice(uint64 price_, uint64 confidence_, uint64 time) external {
        need(msg.sender == publisher, 11);
        need(price_ >= 1 && price_ < SIZE_MAX && confidence_ < SIZE_MAX, 1);
        need(time > priceTime && time <= block.timestamp + 60, 2);
        price = price_;
        confidence = confidence_;
        priceTime = time;
        emit OracleUpdated(price_, confidence_, time);
    }

    function tradePerp(bool isLong, uint64 size, uint64 limit) external {
        checkSize(size);
        checkPrice();
        need(isLong ? price <= limit : price >= limit, 6);
        Account storage own = accounts[callerId()];
        uint256 before = requirementOf(own).initial;
        int256 pnl = settlePnl(own);
        uint64 fee = uint64(bps(notional(size, price), 5));
        take(own, fee);
        pool += fee;
        int256 old = signed(own.perp.isLong, own.perp.size);
        setPerp(own, old + signed(isLong, size));
        checkMargin(own, before, false);
        emit PerpTraded(callerId(), isLong, size, price, fee, int64(pnl));
    }

    function tradeOption(uint64 expiry, uint64 strike, bool isCall, bool isBuy, uint64 size, uint64 limit) external {
        checkSize(size);
        uint64 paid = optionPremium(expiry, strike, isCall, size);
        need(isBuy ? paid <= limit : paid >= limit, 6);
        uint64 fee = uint64(bps(notional(size, price), 3));
        Account storage own = accounts[callerId()];
        uint256 before = requirementOf(own).initial;
        if (isBuy) {
            take(own, uint256(paid) + fee);
            pool += paid + fee;
        } else {
            pay(own, paid);
            take(own, fee);
            pool += fee;
        }
        joinSlot(own, expiry, strike, isCall, signed(isBuy, size));
        checkMargin(own, before, isBuy);
        emit OptionTraded(callerId(), expiry, strike, isCall, isBuy, size, paid, fee);
    }

    /// Premium for the whole size; refuses what cannot be traded.
    function optionPremium(uint64 expiry, uint64 strike, bool isCall, uint64 size) private view returns (uint64) {
        need(strike >= 1 && strike < SIZE_MAX, 1);
        checkPrice();
        need(expiry > block.timestamp && expiry <= block.timestamp + LIFE_MAX, 7);
        return uint64(notional(size, Q32.premium(price, strike, volatility, expiry - block.timestamp, isCall)));
    }

    function settleOption(bytes32 owner, uint256 index) external {
        Account storage own = accounts[owner];
        need(index < 4 && own.options[index].size > 0, 9);
        OptionSlot memory slot = own.options[index];
        need(block.timestamp >= slot.expiry, 7);
        uint64 settlement = settlementPrice[slot.expiry];
        if (settlement == 0) {
            need(priceTime >= slot.expiry, 2);
            settlement = price;
            settlementPrice[slot.expiry] = settlement;
        }
        uint64 payout = uint64(notional(slot.size, Q32.intrinsic(settlement, slot.strike, slot.isCall)));
        if (slot.isLong) {
            pay(own, payout);
        } else {
            uint64 paid = payout < own.collateral ? payout : own.collateral;
            own.collateral -= paid;
            pool += paid;
        }
        delete own.options[index];
        emit OptionSettled(owner, slot.expiry, slot.strike, slot.isCall, slot.isLong, slot.size, payout);
    }

    function liquidate(bytes32 owner) external {
        checkPrice();
        Account storage own = accounts[owner];
        int256 worth = equityOf(own);
        Requirement memory r = requirementOf(own);
        need(worth < int256(r.maintenance), 10);
        uint256 left = worth > 0 ? uint256(worth) : 0;
        uint256 funds = uint256(pool) + own.collateral;
        need(funds >= left, 5);
        pool = uint64(funds - left);
        uint256 reward = bps(r.exposure, 100);
        if (reward > left) reward = left;
        setPerp(own, 0);
        delete own.options;
        own.collateral = uint64(left - reward);
        accounts[callerId()].collateral += uint64(reward);
        emit Liquidated(owner, callerId(), int64(worth), uint64(reward), worth < 0 ? uint64(uint256(-worth)) : 0);
    }

    // --- bridge, section 6 -----------------------------------------------------------------------

    function exportPosition(
        uint32 destination,
        bytes32 recipient,
        uint8 what,
        uint64 collateral,
        uint64 timeout
    ) external {
        Account storage own = accounts[callerId()];
        if (!isFlat(own)) checkPrice();
        need(destination != domain && timeout > block.timestamp, 12);
        uint256 before = requirementOf(own).initial;
        (uint8 kind, uint64 poolValue, bytes memory position) = removePosition(own, what);
        take(own, collateral);
        checkMargin(own, before, true);
        token.burn(uint256(collateral) + poolValue);
        uint64 sequence = nextSequence++;
        bytes memory packet = bytes.concat(
            abi.encodePacked(uint8(1), kind, domain, destination, sequence, timeout),
            abi.encodePacked(callerId(), recipient, collateral, poolValue),
            position
        );
        packetOf[sequence] = keccak256(packet);
        emit PacketSent(packet, sequence);
    }

    function importPacket(bytes calldata packet, bytes[] calldata signatures) external {
        checkPacket(packet);
        uint32 source = uint32(bytes4(packet[2:6]));
        uint64 sequence = number(packet, 10);
        need(uint32(bytes4(packet[6:10])) == domain && source != domain, 12);
        need(!received[source][sequence], 13);
        need(block.timestamp <= number(packet, 18), 14);
        bytes32 id = keccak256(packet);
        checkAttestation(keccak256(abi.encodePacked("DRAGOMAN-RECEIVE-V1", id)), signatures);
        Account storage own = accounts[bytes32(packet[58:90])];
        credit(own, packet);
        uint8 kind = uint8(packet[1]);
        if (kind == 1) {
            need(own.perp.size == 0, 16);
            addPerp(own, packet);
        } else if (kind == 2) {
            joinSlot(own, number(packet, 123), number(packet, 131), isCallOf(packet), int256(uint256(number(packet, 107))));
        }
        if (kind != 0) {
            checkPrice();
            need(equityOf(own) >= int256(requirementOf(own).initial), 3);
        }
        received[source][sequence] = true;
        emit PacketReceived(packet, sequence);
    }

    function refundPacket(bytes calldata packet, bytes[] calldata signatures) external {
        checkPacket(packet);
        bytes32 id = keccak256(packet);
        uint64 sequence = number(packet, 10);
        need(packetOf[sequence] == id, 13);
        checkAttestation(keccak256(abi.encodePacked("DRAGOMAN-REFUND-V1", id)), signatures);
        Account storage own = accounts[bytes32(packet[26:58])];
        credit(own, packet);
        uint8 kind = uint8(packet[1]);
        if (kind == 1) {
            if (own.perp.size == 0) addPerp(own, packet);
            else closePerp(own, packet);
        } else if (kind == 2) {
            restoreOption(own, packet);
        }
        delete packetOf[sequence];
        emit PacketRefunded(packet, sequence);
    }

    /// Takes a position out of the account: its kind, what the pool gives along, and the packet's last 33 bytes.
    function removePosition(Account storage own, uint8 what) private returns (uint8, uint64, bytes memory) {
        if (what == 0) return (0, 0, new bytes(33));
        if (what == 1) {
            Perp memory perp = own.perp;
            need(perp.size > 0, 9);
            settlePnl(own);
            setPerp(own, 0);
            return (1, 0, abi.encodePacked(perp.isLong ? uint8(1) : uint8(0), perp.size, price, uint64(0), uint64(0)));
        }
        uint256 index = what - 2;
        need(index < 4 && own.options[index].size > 0, 9);
        OptionSlot memory slot = own.options[index];
        need(slot.isLong && slot.expiry > block.timestamp, 16);
        uint64 value = uint64(optionValue(slot));
        need(pool >= value, 5);
        pool -= value;
        delete own.options[index];
        uint8 flags = slot.isCall ? 3 : 1;
        return (2, value, abi.encodePacked(flags, slot.size, uint64(0), slot.expiry, slot.strike));
    }

    function checkPacket(bytes calldata packet) private pure {
        need(packet.length == PACKET_BYTES && uint8(packet[0]) == 1, 12);
        need(uint8(packet[1]) <= 2 && uint8(packet[106]) <= 3, 12);
    }

    function number(bytes calldata packet, uint256 at) private pure returns (uint64) {
        return uint64(bytes8(packet[at:at + 8]));
    }

    function isCallOf(bytes calldata packet) private pure returns (bool) {
        return uint8(packet[106]) & 2 != 0;
    }

    function credit(Account storage own, bytes calldata packet) private {
        uint64 collateral = number(packet, 90);
        uint64 poolValue = number(packet, 98);
        token.mint(address(this), uint256(collateral) + poolValue);
        own.collateral += collateral;
        pool += poolValue;
    }

    function addPerp(Account storage own, bytes calldata packet) private {
        int256 size = signed(uint8(packet[106]) & 1 != 0, number(packet, 107));
        setPerp(own, size);
        own.perp.entry = number(packet, 115);
    }

    function closePerp(Account storage own, bytes calldata packet) private {
        checkPrice();
        Perp memory perp = Perp(uint8(packet[106]) & 1 != 0, number(packet, 107), number(packet, 115));
        int256 pnl = pnlOf(perp);
        if (pnl >= 0) {
            pay(own, uint64(uint256(pnl)));
        } else {
            take(own, uint256(-pnl));
            pool += uint64(uint256(-pnl));
        }
    }

    function restoreOption(Account storage own, bytes calldata packet) private {
        OptionSlot memory slot =
            OptionSlot(number(packet, 123), number(packet, 131), number(packet, 107), isCallOf(packet), true);
        if (findSlot(own, slot.expiry, slot.strike, slot.isCall) < 4) {
            joinSlot(own, slot.expiry, slot.strike, slot.isCall, int256(uint256(slot.size)));
        } else {
            checkPrice();
            pay(own, uint64(optionValue(slot)));
        }
    }

    function checkAttestation(bytes32 digest, bytes[] calldata signatures) private view {
        need(signatures.length >= threshold, 15);
        address last;
        for (uint256 i; i < signatures.length; i++) {
            bytes calldata s = signatures[i];
            need(s.length == 65 && uint8(s[64]) <= 1, 15);
            address signer = ecrecover(digest, uint8(s[64]) + 27, bytes32(s[0:32]), bytes32(s[32:64]));
            need(signer > last && isAttester[signer], 15);
            last = signer;
        }
    }

    // --- accounts, sections 3 and 4 --------------------------------------------------------------

    function callerId() private view returns (bytes32) {
        return bytes32(uint256(uint160(msg.sender)));
    }

    function need(bool condition, uint16 code) private pure {
        if (!condition) revert MarketError(code);
    }

    function checkAmount(uint256 amount) private pure {
        need(amount > 0 && amount < AMOUNT_MAX, 1);
    }

    function checkSize(uint256 size) private pure {
        need(size > 0 && size < SIZE_MAX, 1);
    }

    function checkPrice() private view {
        bool isFresh = uint256(priceTime) + 3600 >= block.timestamp && priceTime <= block.timestamp + 60;
        need(isFresh && confidence <= price / 50, 2);
    }

    function notional(uint256 size, uint256 price_) private pure returns (uint256) {
        return size * price_ / 1000000;
    }

    function bps(uint256 value, uint256 points) private pure returns (uint256) {
        return value * points / 10000;
    }

    function signed(bool isPositive, uint64 size) private pure returns (int256) {
        return isPositive ? int256(uint256(size)) : -int256(uint256(size));
    }

    function take(Account storage own, uint256 amount) private {
        need(own.collateral >= amount, 4);
        own.collateral -= uint64(amount);
    }

    function pay(Account storage own, uint64 amount) private {
        need(pool >= amount, 5);
        pool -= amount;
        own.collateral += amount;
    }

    function pnlOf(Perp memory perp) private view returns (int256) {
        int256 gain = int256(notional(perp.size, price)) - int256(notional(perp.size, perp.entry));
        return perp.isLong ? gain : -gain;
    }

    function settlePnl(Account storage own) private returns (int256 pnl) {
        pnl = pnlOf(own.perp);
        if (pnl >= 0) {
            pay(own, uint64(uint256(pnl)));
        } else {
            take(own, uint256(-pnl));
            pool += uint64(uint256(-pnl));
        }
    }

    /// Sets the perpetual to a signed size entered at the current price, and the open interest with it.
    function setPerp(Account storage own, int256 next) private {
        int256 old = signed(own.perp.isLong, own.perp.size);
        uint256 size = uint256(next < 0 ? -next : next);
        need(size < SIZE_MAX, 1);
        if (old > 0) openLong -= uint64(uint256(old));
        else openShort -= uint64(uint256(-old));
        if (next > 0) openLong += uint64(size);
        else openShort += uint64(size);
        if (size == 0) delete own.perp;
        else own.perp = Perp(next > 0, uint64(size), price);
    }

    /// Index of the slot of the terms or of the lowest free one; 4 = none.
    function findSlot(Account storage own, uint64 expiry, uint64 strike, bool isCall) private view returns (uint256) {
        uint256 free = 4;
        for (uint256 i; i < 4; i++) {
            OptionSlot storage slot = own.options[i];
            if (slot.size == 0) {
                if (free == 4) free = i;
            } else if (slot.expiry == expiry && slot.strike == strike && slot.isCall == isCall) {
                return i;
            }
        }
        return free;
    }

    function joinSlot(Account storage own, uint64 expiry, uint64 strike, bool isCall, int256 change) private {
        uint256 index = findSlot(own, expiry, strike, isCall);
        need(index < 4, 8);
        OptionSlot storage slot = own.options[index];
        int256 next = signed(slot.isLong, slot.size) + change;
        uint256 size = uint256(next < 0 ? -next : next);
        need(size < SIZE_MAX, 1);
        if (size == 0) delete own.options[index];
        else own.options[index] = OptionSlot(expiry, strike, uint64(size), isCall, next > 0);
    }

    function isFlat(Account storage own) private view returns (bool) {
        for (uint256 i; i < 4; i++) if (own.options[i].size != 0) return false;
        return own.perp.size == 0;
    }

    function optionValue(OptionSlot memory slot) private view returns (uint256) {
        uint256 secs = slot.expiry > block.timestamp ? slot.expiry - block.timestamp : 0;
        return notional(slot.size, Q32.premium(price, slot.strike, volatility, secs, slot.isCall));
    }

    function equityOf(Account storage own) private view returns (int256 worth) {
        worth = int256(uint256(own.collateral)) + pnlOf(own.perp);
        for (uint256 i; i < 4; i++) {
            OptionSlot memory slot = own.options[i];
            if (slot.size == 0) continue;
            int256 value = int256(optionValue(slot));
            worth += slot.isLong ? value : -value;
        }
    }

    function requirementOf(Account storage own) private view returns (Requirement memory r) {
        r.exposure = notional(own.perp.size, price);
        r.initial = bps(r.exposure, 1000);
        r.maintenance = bps(r.exposure, 500);
        for (uint256 i; i < 4; i++) {
            OptionSlot storage slot = own.options[i];
            if (slot.size == 0) continue;
            uint256 value = notional(slot.size, price);
            r.exposure += value;
            if (slot.isLong) continue;
            r.initial += bps(value, 1500);
            r.maintenance += bps(value, 1000);
        }
    }

    /// `before`: initial margin before the change.
    function checkMargin(Account storage own, uint256 before, bool isStrict) private view {
        if (isFlat(own)) return;
        checkPrice();
        uint256 initial = requirementOf(own).initial;
        bool mustCover = isStrict || initial > before;
        need(equityOf(own) >= (mustCover ? int256(initial) : int256(0)), 3);
    }
}
