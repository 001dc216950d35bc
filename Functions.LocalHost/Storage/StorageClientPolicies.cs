using Azure.Core.Pipeline;

namespace Autopay.LocalHost;

/// <summary>A seam for tests, which look at the host's storage requests or make them fail.</summary>
internal sealed class StorageClientPolicies
{
    public List<HttpPipelinePolicy> Policies { get; } = [];
}
