/** Whole journeys through clients, nodes and gateway. */
export {};
