using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Autopay.LocalHost;

/// <summary>Where the started host listens; with port 0 only the started host knows.</summary>
public sealed class LocalHostAddress
{
    private readonly IServer server;

    internal LocalHostAddress(IServer server) => this.server = server;

    public Uri BaseAddress => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address
        ? new Uri(address)
        : throw new InvalidOperationException("The host is not started, so it listens nowhere yet.");
}
