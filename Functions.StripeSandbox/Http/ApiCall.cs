using System.Security.Cryptography;
using System.Text;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;
using Microsoft.AspNetCore.Http;

namespace Autopay.StripeSandbox.Http;

/// <summary>One call as it came in.</summary>
internal sealed record ApiCall(string Method, string Path, Parameters Parameters, string? IdempotencyKey)
{
    private const int LongestKey = 255;

    public string RequestId { get; } = Ids.New("req")[..18];

    public bool IsWrite => Method == HttpMethods.Post;

    public EventRequest EventRequest => new(RequestId, IdempotencyKey);

    public string Fingerprint => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Parameters.Canonical())));

    public static async Task<ApiCall> ReadAsync(HttpRequest request)
    {
        var fields = request.Query.AsEnumerable();
        if (request.HasFormContentType)
        {
            fields = fields.Concat(await request.ReadFormAsync());
        }
        string? key = request.Headers["Idempotency-Key"];
        return new(
            request.Method,
            request.Path.Value ?? "/",
            new Parameters(fields),
            string.IsNullOrEmpty(key) ? null : key
        );
    }

    public bool HasUsableKey => IdempotencyKey is not { Length: > LongestKey };
}
