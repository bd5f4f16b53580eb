import type { Message, ReactionKind } from '@/api/types';

/** The reactions in the order of the picker, and how they are drawn. */
export const reactionEmoji: Readonly<Record<string, string>> = {
  'thumbs-up': '👍',
  heart: '❤️',
  laugh: '😂',
  surprised: '😮',
  sad: '😢',
  celebrate: '🎉',
};

export const reactionKinds = Object.keys(reactionEmoji) as readonly ReactionKind[];

/** A member's reaction to a message. */
export function reactionOf(message: Message, member: string): ReactionKind | undefined {
  return message.reactions?.find(({ by }) => by === member)?.kind;
}

/** A message with another reaction of a member, or without one. */
export function withReaction(message: Message, member: string, kind: ReactionKind | undefined): Message {
  const { reactions, ...rest } = message;
  const others = reactions?.filter(({ by }) => by !== member) ?? [];
  const all = kind === undefined ? others : [...others, { by: member, kind }];
  return all.length === 0 ? rest : { ...rest, reactions: all };
}

/** The kinds of reactions to a message, each once with its members, the earlier one first; without kinds that this client does not know. */
export function reactionGroups(message: Message): readonly { readonly kind: ReactionKind; readonly by: readonly string[] }[] {
  const groups = new Map<ReactionKind, string[]>();
  for (const { by, kind } of message.reactions ?? []) {
    if (reactionEmoji[kind] !== undefined) {
      groups.set(kind, [...(groups.get(kind) ?? []), by]);
    }
  }

  return [...groups].map(([kind, by]) => ({ kind, by }));
}
