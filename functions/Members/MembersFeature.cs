using Connections.Http;
using Connections.Members.Standing;

namespace Connections.Members;

/// <summary>Registers the services of profiles.</summary>
public static class MembersFeature
{
    public static IServiceCollection AddMembers(this IServiceCollection services) => services
        .AddSingleton<MemberStore>()
        .AddSingleton<AnswerNotes>()
        .AddSingleton<Suspensions>()
        .AddHostedService<SuspensionPoll>()
        .AddSingleton<CallerGate>()
        .AddSingleton<ICallerGate>(provider => provider.GetRequiredService<CallerGate>())
        .AddSingleton<Registration>();
}
