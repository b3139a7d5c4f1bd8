/** Fixed-point maths, option pricing, margin: the market's reference model. */
export {};
