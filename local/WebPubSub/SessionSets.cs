using System.Collections.Concurrent;

namespace Connections.Local.WebPubSub;

/// <summary>Connections by name: of a user, of a group. Reading takes no lock; a name without connections takes no memory.</summary>
internal sealed class SessionSets
{
    private readonly ConcurrentDictionary<string, ClientSession[]> _sets = new(StringComparer.Ordinal);

    /// <summary>The connections under this name at this moment.</summary>
    public ReadOnlySpan<ClientSession> this[string name] => _sets.TryGetValue(name, out var sessions) ? sessions : [];

    public void Add(string name, ClientSession session) =>
        _sets.AddOrUpdate(
            name,
            static (_, added) => [added],
            static (_, sessions, added) => sessions.Contains(added) ? sessions : [.. sessions, added],
            session);

    public void Remove(string name, ClientSession session)
    {
        while (_sets.TryGetValue(name, out var sessions))
        {
            var left = Array.FindAll(sessions, s => s != session);
            if (left.Length == 0
                ? _sets.TryRemove(KeyValuePair.Create(name, sessions))
                : _sets.TryUpdate(name, left, sessions))
            {
                return;
            }
        }
    }
}
