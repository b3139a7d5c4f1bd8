import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";

/**
 * Whether the selection below the field that `info` is about asks for a field named `name`, at any depth and through fragments;
 * directives are not evaluated.
 */
export function asksFor(info: GraphQLResolveInfo, name: string): boolean {
  const seen = new Set<string>();
  const inSelection = (selection: SelectionSetNode | undefined): boolean =>
    selection?.selections.some((node) => {
      if (node.kind !== Kind.FRAGMENT_SPREAD) {
        const isNamed = node.kind === Kind.FIELD && node.name.value === name;
        return isNamed || inSelection(node.selectionSet);
      }
      const fragment = node.name.value;
      if (seen.has(fragment)) return false;
      seen.add(fragment);
      return inSelection(info.fragments[fragment]?.selectionSet);
    }) === true;
  return info.fieldNodes.some(({ selectionSet }) => inSelection(selectionSet));
}
