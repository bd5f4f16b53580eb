using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Connections.Http;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>A call or an answer violates the contract.</summary>
internal sealed class ContractException(string message) : Exception(message);

/// <summary>Checks every call of a client against the contract: answers and accepted calls must be documented.</summary>
/// <remarks>The contract covers only paths below <c>/api</c>. An undocumented path or method may only get 404 or 405.</remarks>
/// <param name="contract">The contract.</param>
/// <param name="holdsCalls">Whether to check accepted calls too; off for calls that the server normalizes,
/// such as texts with trailing blanks.</param>
internal sealed class ContractHandler(Contract contract, bool holdsCalls = true) : DelegatingHandler
{
    private readonly ConcurrentDictionary<Reached, int> _reached = new();

    /// <summary>The answers that there were so far.</summary>
    public IReadOnlyCollection<Reached> Reached => [.. _reached.Keys];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (!path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase))
        {
            return response;
        }

        var status = (int)response.StatusCode;
        if (contract.Find(request.Method, path) is not { } operation)
        {
            return status is 404 or 405
                ? response
                : throw new ContractException($"{request.Method} {path} is not in the contract, and is answered {status}.");
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var (wrong, type) = await AnswerAsync(operation, request, response, cancellationToken);
        if (response.IsSuccessStatusCode && holdsCalls)
        {
            wrong = [.. wrong, .. await AcceptedAsync(operation, request, cancellationToken)];
        }

        if (wrong is not [])
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new ContractException(
                $"{operation} ({operation.Id}) answered {status} against its contract: {string.Join("; ", wrong)}. "
                    + $"{body[..Math.Min(body.Length, 1000)]}");
        }

        _reached[new Reached(operation.Id, status, type)] = 1;
        return response;
    }

    private async Task<(IReadOnlyList<string> Wrong, string? Type)> AnswerAsync(
        Operation operation, HttpRequestMessage request, HttpResponseMessage response, CancellationToken ct)
    {
        if (!operation.Responses.TryGetValue((int)response.StatusCode, out var documented))
        {
            return (["the status is not documented"], null);
        }

        var wrong = new List<string>();
        if (!response.Headers.TryGetValues("Access-Control-Expose-Headers", out var readable) || readable.Single() != HttpApi.ReadByClients)
        {
            wrong.Add("a web client on another origin may not read its headers");
        }

        foreach (var (name, reference) in documented["headers"]?.AsObject() ?? [])
        {
            CheckHeader(name, contract.Schemas.Resolve(reference!), response, wrong);
        }

        // The answer to HEAD has a GET's headers and no body.
        if (request.Method == HttpMethod.Head)
        {
            return (wrong, null);
        }

        var text = await response.Content.ReadAsStringAsync(ct);
        var content = documented["content"]?.AsObject();
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (content is null)
        {
            wrong.AddRange(text.Length > 0 ? [$"a body ({mediaType}) is not documented"] : []);
            return (wrong, null);
        }

        if (mediaType is null || content[mediaType]?["schema"] is not { } schema)
        {
            wrong.Add($"the content type {mediaType} is not documented");
            return (wrong, null);
        }

        if (content[mediaType]!["x-itemSchema"] is { } ofLine)
        {
            wrong.AddRange(
                text.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(line => Against(JsonNode.Parse(line), ofLine)));
            return (wrong, null);
        }

        var body = mediaType.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(text) : JsonValue.Create(text);
        wrong.AddRange(Against(body, schema));
        return (wrong, mediaType == "application/problem+json" ? body?["type"]?.ToString() : null);
    }

    private IEnumerable<string> Against(JsonNode? body, JsonNode schema) =>
        contract.Schemas
            .Errors(body, schema).Concat(contract.Schemas.Undocumented(body, schema).Select(name => $"{name} is not documented"));

    private void CheckHeader(string name, JsonObject header, HttpResponseMessage response, List<string> wrong)
    {
        if (!response.Headers.TryGetValues(name, out var values) && !response.Content.Headers.TryGetValues(name, out values))
        {
            wrong.AddRange(header["required"]?.GetValue<bool>() == true ? [$"the header {name} is missing"] : []);
            return;
        }

        var value = string.Join(", ", values);
        var read = header["schema"]!["type"]?.ToString() == "integer" && long.TryParse(value, out var number)
            ? JsonNode.Parse($"{number}")
            : JsonValue.Create(value);
        wrong.AddRange(contract.Schemas.Errors(read, header["schema"]!).Select(error => $"{name}: {error}"));
    }

    /// <summary>What was accepted must be what the contract asks for. It is read only now, so that
    /// it was sent as the test made it.</summary>
    private async Task<IReadOnlyList<string>> AcceptedAsync(Operation operation, HttpRequestMessage request, CancellationToken ct)
    {
        var wrong = new List<string>();
        var documented = operation.Parameters.Where(p => p["in"]!.ToString() == "query").Select(p => p["name"]!.ToString());
        wrong.AddRange(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(request.RequestUri!.Query).Keys.Except(
            documented, StringComparer.Ordinal)
            .Select(name => $"the parameter {name} was taken and is not documented"));
        if (operation.Body is { } schema && request.Content is not null)
        {
            var body = JsonNode.Parse(await request.Content.ReadAsStringAsync(ct));
            wrong.AddRange(contract.Schemas.Errors(body, schema).Select(error => $"a body was taken that is not valid: {error}"));
        }

        return wrong;
    }
}
