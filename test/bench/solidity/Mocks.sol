// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// A token that anyone may mint.
contract Token {
    string public name;
    string public symbol;
    uint8 public immutable decimals;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    constructor(string memory given, uint8 digits) {
        name = given;
        symbol = given;
        decimals = digits;
    }

    function mint(address to, uint256 value) external {
        totalSupply += value;
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        move(from, to, value);
        return true;
    }

    function move(address from, address to, uint256 value) private {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
    }
}

/// A price that its deployer sets, behind the interfaces of Chainlink's aggregator and of Perp's price dispatcher.
contract PriceFeed {
    uint8 public immutable decimals;
    int256 private price;
    uint256 private updatedAt;

    constructor(uint8 digits, int256 given) {
        decimals = digits;
        price = given;
        updatedAt = block.timestamp;
    }

    function set(int256 given) external {
        price = given;
        updatedAt = block.timestamp;
    }

    function latestAnswer() external view returns (int256) {
        return price;
    }

    function latestTimestamp() external view returns (uint256) {
        return updatedAt;
    }

    function latestRound() external pure returns (uint256) {
        return 1;
    }

    function latestRoundData() public view returns (uint80, int256, uint256, uint256, uint80) {
        return (1, price, updatedAt, updatedAt, 1);
    }

    function getRoundData(uint80) external view returns (uint80, int256, uint256, uint256, uint80) {
        return latestRoundData();
    }

    function getDispatchedPrice(uint256) external view returns (uint256) {
        return uint256(price);
    }

    function dispatchPrice(uint256) external pure {}
}
