using System.Collections;
using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

/// <summary>The query planner of the Cosmos SDK, which refuses the queries that Cosmos DB refuses.</summary>
/// <remarks>Uses internals of the SDK by reflection, which is safe because the SDK's version is pinned.</remarks>
internal static class NativePlanner
{
    private static readonly Type Planner =
        typeof(CosmosClient).Assembly.GetType("Microsoft.Azure.Cosmos.Query.Core.QueryPlan.QueryPartitionProvider", throwOnError: true)!;

    private static readonly MethodInfo Plan = Planner.GetMethod("TryGetPartitionedQueryExecutionInfo")!;

    private static readonly object Instance = Activator.CreateInstance(Planner, new Dictionary<string, object>
    {
        ["maxSqlQueryInputLength"] = 262144,
        ["maxJoinsPerSqlQuery"] = 5,
        ["maxLogicalAndPerSqlQuery"] = 500,
        ["maxLogicalOrPerSqlQuery"] = 500,
        ["maxUdfRefPerSqlQuery"] = 10,
        ["maxInExpressionItemsCount"] = 16000,
        ["sqlAllowAggregateFunctions"] = true,
        ["sqlAllowSubQuery"] = true,
        ["sqlAllowScalarSubQuery"] = true,
        ["allowNewKeywords"] = true,
        ["sqlAllowLike"] = true,
        ["sqlAllowGroupByClause"] = true,
    })!;

    /// <summary>Plans a query. Returns null if the planner accepts it, otherwise the error.</summary>
    public static string? ErrorOf(string query, string partitionKeyPath = "/id")
    {
        var partitionKeyType = Plan.GetParameters()[1].ParameterType;
        var partitionKey = Activator.CreateInstance(partitionKeyType)!;
        ((IList)partitionKeyType.GetProperty("Paths")!.GetValue(partitionKey)!).Add(partitionKeyPath);
        var text = JsonSerializer.Serialize(new { query, parameters = Array.Empty<object>() });
        var planned =
            Plan.Invoke(Instance, [text, partitionKey, null, true, true, false, false, true, false, false, GeospatialType.Geography])!;
        return (bool)planned.GetType().GetProperty("Succeeded")!.GetValue(planned)!
            ? null
            : Innermost((Exception)planned.GetType().GetProperty("Exception")!.GetValue(planned)!).Message;
    }

    // The innermost exception has only the error code of the native library; the exception around it has the message.
    private static Exception Innermost(Exception e) =>
        e.InnerException is { InnerException: not null } inner ? Innermost(inner) : e.InnerException ?? e;
}
