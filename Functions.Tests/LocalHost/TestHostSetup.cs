using Microsoft.Azure.Functions.Worker.Builder;

namespace Autopay.Tests.LocalHost;

internal sealed record TestHostSetup
{
    private const string HostJsonQueues = "AzureFunctionsJobHost:extensions:queues:";

    public string QueueName { get; init; } = $"test-{Guid.NewGuid():N}";

    public string HostId { get; init; } = $"test-{Guid.NewGuid():N}";

    public string[] Arguments { get; init; } = [];

    public Dictionary<string, string?> Settings { get; init; } = [];

    public Action<FunctionsApplicationBuilder> Configure { get; init; } = _ => { };

    public Dictionary<string, string?> Defaults(string connectionString) => new()
    {
        ["AzureWebJobsStorage"] = connectionString,
        ["AzureFunctionsWebHost:hostid"] = HostId,
        ["queue"] = QueueName,
        ["LocalHost:Port"] = "0",
        ["AzureFunctionsJobHost:extensions:http:routePrefix"] = "",
        [HostJsonQueues + "visibilityTimeout"] = "00:00:00",
        [HostJsonQueues + "maxPollingInterval"] = "00:00:00.2",
    };

    public TestHostSetup WithQueues(string name, string value) => this with { Settings = new(Settings) { [HostJsonQueues + name] = value } };
}
