using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Autopay.LocalHost;

internal sealed class StorageConnections(IConfiguration configuration, IOptions<StorageClientPolicies> policies)
{
    private const string Default = "AzureWebJobsStorage";

    public QueueServiceClient Queues(string? connection, string function) =>
        Connect(connection, function, text => new QueueServiceClient(text, Configure(new QueueClientOptions())));

    public BlobServiceClient Blobs(string function) =>
        Connect(Default, function, text => new BlobServiceClient(text, Configure(new BlobClientOptions())));

    private T Connect<T>(string? connection, string function, Func<string, T> create)
    {
        var name = configuration.ResolveNames(connection ?? Default, function);
        string?[] candidates = [configuration[$"AzureWebJobs{name}"], configuration[name]];
        var text = candidates.FirstOrDefault(value => !string.IsNullOrEmpty(value))
            ?? throw new InvalidOperationException($"Function '{function}' needs the storage connection '{name}', and there is no such setting.");
        try
        {
            return create(text);
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException($"Function '{function}': the setting '{name}' is not a storage connection string.", exception);
        }
    }

    private T Configure<T>(T options)
        where T : ClientOptions
    {
        // The listeners wait longer and longer by themselves; a client that retries for minutes would only hide that storage is away.
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        policies.Value.Policies.ForEach(policy => options.AddPolicy(policy, HttpPipelinePosition.PerRetry));
        return options;
    }
}
