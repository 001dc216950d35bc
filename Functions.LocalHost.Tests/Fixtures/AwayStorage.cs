using System.Text.RegularExpressions;
using Autopay.Tests.Faults.FaultProxy;
using Azure.Storage.Queues;

namespace Autopay.LocalHost.Tests.Fixtures;

/// <summary>A storage account behind proxies that break what the script says.</summary>
internal sealed partial class AwayStorage : IAsyncDisposable
{
    private readonly List<FaultyNetwork> networks = [];

    public string Connection { get; private set; } = "";

    public static async Task<AwayStorage> StartAsync(string connection, FaultScript script)
    {
        var storage = new AwayStorage { Connection = connection };
        foreach (Match endpoint in Endpoints().Matches(connection))
        {
            var network = await FaultyNetwork.StartAsync(new Uri(endpoint.Value), script);
            storage.networks.Add(network);
            storage.Connection = storage.Connection.Replace(
                endpoint.Value,
                network.Address.GetLeftPart(UriPartial.Authority),
                StringComparison.Ordinal
            );
        }

        return storage;
    }

    public QueueClient Queue(string name) =>
        new(Connection, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public async ValueTask DisposeAsync()
    {
        foreach (var network in networks)
        {
            await network.DisposeAsync();
        }
    }

    [GeneratedRegex("(?<=Endpoint=)http://[^/]+")]
    private static partial Regex Endpoints();
}
