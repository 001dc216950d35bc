using System.Net;
using System.Text.Json;
using Autopay.Hosting.Settings;
using Autopay.Payments;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.App.Secrets;

/// <summary>
/// A vault as its own client sees it: it challenges who comes without a token, has secrets, and can be away.
/// </summary>
internal sealed class VaultStandIn : HttpMessageHandler
{
    private const string Host = "kv-own.vault.azure.net";

    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>What it answers everything with; null: it is fine.</summary>
    public HttpStatusCode? Refuses { get; set; }

    /// <summary>Secrets that were given out.</summary>
    public int Given { get; private set; }

    /// <summary>Requests, also those that were refused.</summary>
    public int Asked { get; private set; }

    public void Set(string apiKey, string webhookSecrets) =>
        (Secrets[VaultSecrets.ApiKey], Secrets[VaultSecrets.WebhookSecrets]) = (apiKey, webhookSecrets);

    public VaultSecrets Read(StripeOptions options, TimeProvider time, ILoggerProvider? log = null) =>
        Read(options, time, new VaultWatch(time), log);

    public VaultSecrets Read(StripeOptions options, TimeProvider time, VaultWatch watch, ILoggerProvider? log = null) =>
        new(Client(), options with { VaultUri = new Uri($"https://{Host}") }, time, watch, Logger<VaultSecrets>(log));

    public VaultMailPassword ReadMailPassword(TimeProvider time, ILoggerProvider? log = null) =>
        new(Client(), time, Logger<VaultMailPassword>(log));

    private SecretClient Client() =>
        VaultSecrets.Client(
            new Uri($"https://{Host}"),
            new AnyToken(),
            new HttpClientTransport(new HttpClient(this, disposeHandler: false))
        );

    private static ILogger<T> Logger<T>(ILoggerProvider? log) =>
        LoggerFactory.Create(logging => _ = log is null ? logging : logging.AddProvider(log)).CreateLogger<T>();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        Asked++;
        return Task.FromResult(Answer(request));
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.Headers.Authorization?.Parameter is null)
        {
            var challenge = new HttpResponseMessage(HttpStatusCode.Unauthorized);
            challenge.Headers.WwwAuthenticate.ParseAdd(
                "Bearer authorization=\"https://login.microsoftonline.com/22222222-3333-4444-5555-666666666666\", "
                    + "resource=\"https://vault.azure.net\""
            );
            return challenge;
        }

        // "/secrets/{name}/", with or without a version.
        var name = request.RequestUri!.Segments[2].TrimEnd('/');
        if (Refuses is not null || !Secrets.TryGetValue(name, out var secret))
        {
            return Json(Refuses ?? HttpStatusCode.NotFound, new { error = new { code = "Away", message = "no" } });
        }

        Given++;
        return Json(HttpStatusCode.OK, new { value = secret, id = $"https://{Host}/secrets/{name}/{Given:x32}" });
    }

    private static HttpResponseMessage Json(HttpStatusCode status, object body) =>
        new(status)
        {
            Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json"),
        };

    private sealed class AnyToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => new(new AccessToken("token", DateTimeOffset.MaxValue));
    }
}
