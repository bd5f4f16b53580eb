using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Connections.Http;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>A call or an answer violates the contract.</summary>
internal sealed class ContractException(string message) : Exception(message);

/// <summary>Checks every call of a client against the contract: answers and accepted calls must be documented.</summary>
/// <remarks>
/// The contract covers only paths below <c>/api</c> and <c>/problems</c>. An undocumented path or method may only get 404 or 405.
/// </remarks>
/// <param name="contract">The contract.</param>
/// <param name="checksCalls">Whether to check accepted calls too; off for calls that the server normalizes,
/// such as texts with trailing blanks.</param>
internal sealed class ContractHandler(Contract contract, bool checksCalls = true) : DelegatingHandler
{
    // What a client needs to show a problem of the type.
    private static readonly Dictionary<string, string> Always = new(StringComparer.Ordinal)
    {
        ["/problems/invalid-input"] = "fields",
        ["/problems/invite-locked"] = "until",
        ["/problems/invite-not-pending"] = "state",
        ["/problems/message-limit"] = "until",
        ["/problems/rate-limit"] = "until",
        ["/problems/report-limit-day"] = "until",
        ["/problems/too-late"] = "until",
    };

    private readonly ConcurrentDictionary<OperationAnswer, int> _reached = new();

    /// <summary>The answers so far.</summary>
    public IReadOnlyCollection<OperationAnswer> Reached => [.. _reached.Keys];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (!path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase) && !path.StartsWith("/problems/", StringComparison.Ordinal))
        {
            return response;
        }

        var status = (int)response.StatusCode;
        if (contract.Find(request.Method, path) is not { } operation)
        {
            return status is 404 or 405
                ? response
                : throw new ContractException($"{request.Method} {path} is not in the contract but was answered {status}.");
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var (errors, type) = await CheckAnswerAsync(operation, request, response, cancellationToken);
        if (response.IsSuccessStatusCode && checksCalls)
        {
            errors = [.. errors, .. await CheckCallAsync(operation, request, cancellationToken)];
        }

        if (errors is not [])
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new ContractException(
                $"{operation} ({operation.Id}) violated the contract with a {status}: {string.Join("; ", errors)}. "
                    + $"{body[..Math.Min(body.Length, 1000)]}");
        }

        _reached[new OperationAnswer(operation.Id, status, type)] = 1;
        return response;
    }

    private async Task<(IReadOnlyList<string> Errors, string? Type)> CheckAnswerAsync(
        Operation operation, HttpRequestMessage request, HttpResponseMessage response, CancellationToken ct)
    {
        if (!operation.Responses.TryGetValue((int)response.StatusCode, out var documented))
        {
            return (["the status is not documented"], null);
        }

        var errors = new List<string>();
        if (!response.Headers.TryGetValues("Access-Control-Expose-Headers", out var readable) || readable.Single() != HttpApi.ReadByClients)
        {
            errors.Add("a web client on another origin cannot read the headers");
        }

        foreach (var (name, reference) in documented["headers"]?.AsObject() ?? [])
        {
            CheckHeader(name, contract.Schemas.Resolve(reference!), response, errors);
        }

        // The answer to HEAD has a GET's headers and no body.
        if (request.Method == HttpMethod.Head)
        {
            return (errors, null);
        }

        var text = await response.Content.ReadAsStringAsync(ct);
        var content = documented["content"]?.AsObject();
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (content is null)
        {
            errors.AddRange(text.Length > 0 ? [$"a body ({mediaType}) is not documented"] : []);
            return (errors, null);
        }

        if (mediaType is null || content[mediaType]?["schema"] is not { } schema)
        {
            errors.Add($"the content type {mediaType} is not documented");
            return (errors, null);
        }

        if (content[mediaType]!["x-itemSchema"] is { } lineSchema)
        {
            errors.AddRange(
                text.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(line => Violations(JsonNode.Parse(line), lineSchema)));
            return (errors, null);
        }

        var body = mediaType.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(text) : JsonValue.Create(text);
        errors.AddRange(Violations(body, schema));
        if (mediaType != "application/problem+json")
        {
            return (errors, null);
        }

        errors.AddRange(WrongProblem(body!, documented, (int)response.StatusCode));
        return (errors, body!["type"]?.ToString());
    }

    private static IEnumerable<string> WrongProblem(JsonNode problem, JsonObject documented, int status)
    {
        var type = $"{problem["type"]}";
        if (!Operation.ProblemTypes(documented).Contains(type))
        {
            yield return $"a problem of the type {type} is not documented";
        }

        var known = ProblemCatalogue.All.GetValueOrDefault(type.Split('/')[^1]);
        if (known is null || (known.Title, known.Status) != ($"{problem["title"]}", status) || (int)problem["status"]! != status)
        {
            yield return $"the catalogue has another title or status for {type}";
        }

        if (Always.GetValueOrDefault(type) is { } member && problem[member] is null)
        {
            yield return $"{type} has no {member}";
        }
    }

    private IEnumerable<string> Violations(JsonNode? body, JsonNode schema) =>
        contract.Schemas
            .Errors(body, schema).Concat(contract.Schemas.Undocumented(body, schema).Select(name => $"{name} is not documented"));

    private void CheckHeader(string name, JsonObject header, HttpResponseMessage response, List<string> errors)
    {
        if (!response.Headers.TryGetValues(name, out var values) && !response.Content.Headers.TryGetValues(name, out values))
        {
            errors.AddRange(header["required"]?.GetValue<bool>() == true ? [$"the header {name} is missing"] : []);
            return;
        }

        var value = string.Join(", ", values);
        var read = header["schema"]!["type"]?.ToString() == "integer" && long.TryParse(value, out var number)
            ? JsonNode.Parse($"{number}")
            : JsonValue.Create(value);
        errors.AddRange(contract.Schemas.Errors(read, header["schema"]!).Select(error => $"{name}: {error}"));
    }

    /// <summary>Checks an accepted call against the contract. Reads its body only after it was sent unchanged.</summary>
    private async Task<IReadOnlyList<string>> CheckCallAsync(Operation operation, HttpRequestMessage request, CancellationToken ct)
    {
        var errors = new List<string>();
        var documented = operation.Parameters.Where(p => p["in"]!.ToString() == "query").Select(p => p["name"]!.ToString());
        errors.AddRange(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(request.RequestUri!.Query).Keys.Except(
            documented, StringComparer.Ordinal)
            .Select(name => $"the parameter {name} was accepted but is not documented"));
        if (operation.Body is { } schema && request.Content is not null)
        {
            var body = JsonNode.Parse(await request.Content.ReadAsStringAsync(ct));
            errors.AddRange(contract.Schemas.Errors(body, schema).Select(error => $"an invalid body was accepted: {error}"));
        }

        return errors;
    }
}
