// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// The market's collateral: an ERC-20 of 6 decimals that its minters create and destroy.
contract CollateralToken {
    string public constant name = "Dragoman Dollar";
    string public constant symbol = "DUSD";
    uint8 public constant decimals = 6;

    address public immutable admin;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    mapping(address => bool) public isMinter;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    error NotAllowed();
    error BalanceTooLow();

    constructor(address admin_) {
        admin = admin_;
        isMinter[admin_] = true;
    }

    function setMinter(address minter, bool allowed) external {
        if (msg.sender != admin) revert NotAllowed();
        isMinter[minter] = allowed;
    }

    function mint(address to, uint256 value) external {
        if (!isMinter[msg.sender]) revert NotAllowed();
        totalSupply += value;
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    /// Destroys the caller's own tokens.
    function burn(uint256 value) external {
        if (balanceOf[msg.sender] < value) revert BalanceTooLow();
        balanceOf[msg.sender] -= value;
        totalSupply -= value;
        emit Transfer(msg.sender, address(0), value);
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
        uint256 allowed = allowance[from][msg.sender];
        if (allowed < value) revert NotAllowed();
        if (allowed != type(uint256).max) allowance[from][msg.sender] = allowed - value;
        move(from, to, value);
        return true;
    }

    function move(address from, address to, uint256 value) private {
        if (balanceOf[from] < value) revert BalanceTooLow();
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
    }
}
