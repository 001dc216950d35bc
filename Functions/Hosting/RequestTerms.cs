using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Autopay.Application.Ports.Books;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;

namespace Autopay.Hosting;

/// <summary>
/// What every request for a change may say beside the change, in its body, its query or its headers: which version the
/// person saw, and under which id the wish is granted once.
/// </summary>
/// <param name="Rest">The body without them; null where it is no JSON, or names neither.</param>
/// <param name="Reason">As given, for showing only.</param>
internal sealed record RequestTerms(
    ChangeOperation? Operation,
    long? ExpectedVersion,
    ReadOnlyMemory<byte>? Rest,
    string Reason
)
{
    public const string OperationName = "operationId";
    public const string VersionName = "expectedVersion";
    public const string OperationHeader = "X-Operation-Id";
    private const string Item = "Autopay.RequestTerms";
    private static readonly RequestTerms None = new(null, null, null, "");

    public static RequestTerms Of(HttpRequest request) => request.HttpContext.Items[Item] as RequestTerms ?? None;

    public void KeepIn(HttpContext http) => http.Items[Item] = this;

    /// <exception cref="BadRequestException">One of them cannot be, or is there twice and differs.</exception>
    public static async Task<RequestTerms> ReadAsync(HttpRequest request)
    {
        var json = request.HasJsonContentType() ? await ReadJsonAsync(request) : null;
        var (ofOperation, ofVersion) = (Take(json, OperationName), Take(json, VersionName));
        var operation = OneOf(
            OperationName,
            [Text(ofOperation), request.Query[OperationName], request.Headers[OperationHeader]]
        );
        var version = OneOf(
            VersionName,
            [Text(ofVersion), request.Query[VersionName], request.Headers.IfMatch.ToString().Trim('"')]
        );
        return new RequestTerms(
            operation is null
                ? null
                : new ChangeOperation(HttpJson.Id(operation, OperationName), await ContentAsync(request, json)),
            version is null ? null : Version(version),
            json is null || (ofOperation is null && ofVersion is null)
                ? default(ReadOnlyMemory<byte>?)
                : Encoding.UTF8.GetBytes(json.ToJsonString()),
            Text(json?["reason"]) ?? request.Query["reason"].ToString()
        );
    }

    // What is no object says neither, and its route says what is wrong with it.
    private static async Task<JsonObject?> ReadJsonAsync(HttpRequest request)
    {
        request.EnableBuffering();
        var body = await HttpJson.ReadBodyAsync(request, HttpJson.LargestBody);
        request.Body.Position = 0;
        try
        {
            return JsonNode.Parse(body.Span, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Take(JsonObject? json, string name) =>
        json?.Select(it => it.Key).FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase))
            is { } key
        && json.Remove(key, out var value)
            ? value
            : null;

    private static string? Text(JsonNode? node) =>
        node is null ? null
        : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>()
        : node.ToJsonString();

    private static string? OneOf(string name, IEnumerable<string?> given) =>
        given.Where(text => !string.IsNullOrEmpty(text)).Distinct(StringComparer.Ordinal).ToList() switch
        {
            [] => null,
            [var only] => only,
            _ => throw new BadRequestException($"{name}: expected one value, found several."),
        };

    private static long Version(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new BadRequestException($"{VersionName}: expected the number that 'version' showed.");

    // Who asks for what; which version the person saw is not part of the wish.
    private static async Task<string> ContentAsync(HttpRequest request, JsonObject? json)
    {
        var query = request
            .Query.Where(it => it.Key is not (OperationName or VersionName))
            .OrderBy(it => it.Key, StringComparer.Ordinal)
            .Select(it => $"{it.Key}={it.Value}");
        string[] wish =
        [
            HttpJson.CallerOf(request).Who,
            $"{request.Method} {request.Path}",
            string.Join('&', query),
            json?.ToJsonString() ?? await HashOfBodyAsync(request),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', wish))));
    }

    // A file is read twice: once for what it is, and again by whoever takes it in.
    private static async Task<string> HashOfBodyAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        var (read, length) = (0, 0L);
        while ((read = await HttpJson.ReadPartAsync(request, buffer, ImportReader.LargestFile)) > 0)
        {
            length += read;
            hash.AppendData(buffer.AsSpan(0, read));
            if (length > ImportReader.LargestFile)
            {
                throw HttpJson.TooLarge(ImportReader.LargestFile);
            }
        }

        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
