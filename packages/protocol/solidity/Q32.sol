// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Fixed point with 32 fractional bits and the Black-Scholes premium: SPEC.md, section 2. Every step floors.
library Q32 {
    uint256 internal constant ONE = 1 << 32;
    uint256 internal constant LN2 = 2977044472;
    uint256 internal constant YEAR_SECONDS = 31536000;

    function mul(uint256 a, uint256 b) internal pure returns (uint256) {
        unchecked { return (a * b) >> 32; }
    }

    function div(uint256 a, uint256 b) internal pure returns (uint256) {
        unchecked { return (a << 32) / b; }
    }

    /// Floor of the square root of a 64-bit integer.
    function isqrt(uint256 value) internal pure returns (uint256 root) {
        unchecked {
            uint256 bit = 1 << 62;
            while (bit > value) bit >>= 2;
            while (bit != 0) {
                if (value >= root + bit) {
                    value -= root + bit;
                    root = (root >> 1) + bit;
                } else {
                    root >>= 1;
                }
                bit >>= 2;
            }
        }
    }

    function expNeg(uint256 x) internal pure returns (uint256 t) {
        unchecked {
            if (x >= 22 * ONE) return 0;
            uint256 k = x / LN2;
            uint256 r = x - k * LN2;
            t = ONE;
            for (uint256 n = 12; n >= 1; n--) t = ONE - mul(r, t) / n;
            t >>= k;
        }
    }

    function ln(uint256 x) internal pure returns (uint256) {
        unchecked {
            uint256 n;
            while (x >= 2 * ONE) {
                x >>= 1;
                n++;
            }
            uint256 z = div(x - ONE, x + ONE);
            uint256 y = mul(z, z);
            uint256 s;
            for (uint256 i = 16; i > 0; i--) s = mul(s, y) + ONE / (2 * i - 1);
            return n * LN2 + 2 * mul(z, s);
        }
    }

    function cdf(uint256 d) internal pure returns (uint256) {
        unchecked {
            if (d >= 8 * ONE) return ONE;
            uint256 t = div(ONE, ONE + mul(994894385, d));
            uint256 a = 7822234863 - mul(t, 5713485167);
            uint256 b = 7651389478 - mul(t, a);
            uint256 m = mul(t, b);
            uint256 e = m >= 1531429783
                ? 1371733226 + mul(t, m - 1531429783)
                : 1371733226 - mul(t, 1531429783 - m);
            uint256 density = mul(1713444047, expNeg(mul(d, d) / 2));
            return ONE - mul(density, mul(t, e));
        }
    }

    function intrinsic(uint256 price, uint256 strike, bool isCall) internal pure returns (uint256) {
        unchecked {
            if (isCall) return price > strike ? price - strike : 0;
            return strike > price ? strike - price : 0;
        }
    }

    /// Premium in 1e-6 USD per underlying.
    function premium(uint256 price, uint256 strike, uint256 vol, uint256 secs, bool isCall)
        internal
        pure
        returns (uint256)
    {
        unchecked {
            uint256 w = mul(mul(vol, vol), (secs << 32) / YEAR_SECONDS);
            if (w > 16 * ONE - 1) w = 16 * ONE - 1;
            uint256 sd = isqrt(w << 28) << 2;
            if (secs == 0 || sd == 0) return intrinsic(price, strike, isCall);
            uint256 ratio = price >= strike ? div(price, strike) : div(strike, price);
            if (ratio >= 1024 * ONE) return intrinsic(price, strike, isCall);
            int256 m = int256(ln(ratio));
            if (price < strike) m = -m;
            int256 half = int256(w / 2);
            uint256 own = mul(price, probability(m + half, sd));
            uint256 owed = mul(strike, probability(m - half, sd));
            uint256 call = own > owed ? own - owed : 0;
            uint256 low = price > strike ? price - strike : 0;
            if (call < low) call = low;
            if (call > price) call = price;
            if (isCall) return call;
            uint256 put = call + strike;
            put = put > price ? put - price : 0;
            low = strike > price ? strike - price : 0;
            if (put < low) put = low;
            return put > strike ? strike : put;
        }
    }

    /// N(n / sd).
    function probability(int256 n, uint256 sd) private pure returns (uint256) {
        unchecked {
            uint256 size = uint256(n < 0 ? -n : n);
            uint256 value = cdf(size >= 8 * sd ? 8 * ONE : div(size, sd));
            return n < 0 ? ONE - value : value;
        }
    }
}
