using System.Net;
using Autopay.StripeSandbox.Control;
using Autopay.StripeSandbox.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.StripeSandbox;

/// <summary>
/// A Stripe on loopback. Point any Stripe SDK's base URL at <see cref="BaseUrl"/>, with any test key.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly Sandbox sandbox;
    private Task background = Task.CompletedTask;

    private SandboxServer(WebApplication web, Sandbox sandbox)
    {
        this.web = web;
        this.sandbox = sandbox;
        Control = new SandboxControl(sandbox);
    }

    public Uri BaseUrl => new(web.Urls.Single());

    public SandboxControl Control { get; }

    public static async Task<SandboxServer> StartAsync(
        SandboxOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new SandboxOptions();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var sandbox = new Sandbox(options);
        var server = new SandboxServer(builder.Build(), sandbox);
        server.Map();
        await server.web.StartAsync(cancellationToken);
        server.background = sandbox.Postman.RunAsync(sandbox.Stopping);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        sandbox.Stop();
        await background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await web.DisposeAsync();
        sandbox.Dispose();
    }

    private void Map()
    {
        var stripe = new StripeEndpoint(sandbox);
        var control = new ControlEndpoint(Control);
        web.Run(http =>
            http.Request.Path.StartsWithSegments(ControlEndpoint.Root, StringComparison.Ordinal)
                ? control.HandleAsync(http)
                : stripe.HandleAsync(http)
        );
    }
}
