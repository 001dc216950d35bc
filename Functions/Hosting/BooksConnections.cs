using Autopay.Storage;
using Autopay.Storage.Backups;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static Autopay.Hosting.AutopayServices;

namespace Autopay.Hosting;

/// <summary>How the books and their copies are reached: by a connection string on one machine, else by an identity.
/// </summary>
internal static class BooksConnections
{
    public static StorageClients Clients(IConfiguration configuration, HttpPipelinePolicy? watch)
    {
        if (configuration[StorageConnection] is { Length: > 0 } connection)
        {
            return StorageClients.FromConnectionString(connection, watch);
        }

        return StorageClients.FromIdentity(
            Service(configuration, "tableServiceUri"),
            Service(configuration, "queueServiceUri"),
            Service(configuration, "blobServiceUri"),
            Credential(configuration[$"{StorageConnection}:clientId"])
        );
    }

    public static CopiesAccount Copies(IConfiguration configuration)
    {
        var credential = Credential(
            configuration[$"{CopiesConnection}:clientId"] ?? configuration[$"{StorageConnection}:clientId"]
        );
        return new CopiesAccount(
            configuration[CopiesConnection] is { Length: > 0 } connection ? new BlobServiceClient(connection)
                : configuration[$"{CopiesConnection}:blobServiceUri"] is { Length: > 0 } uri
                    ? new BlobServiceClient(new Uri(uri), credential)
                : null,
            credential
        );
    }

    /// <summary>As whom the books are reached, where no connection string is set.</summary>
    public static IServiceCollection AddIdentityOfBooks(this IServiceCollection services)
    {
        services.TryAddSingleton<TokenCredential>(provider =>
            Credential(provider.GetRequiredService<IConfiguration>()[$"{StorageConnection}:clientId"])
        );
        return services;
    }

    private static DefaultAzureCredential Credential(string? clientId) =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId });

    private static Uri Service(IConfiguration configuration, string name) =>
        configuration[$"{StorageConnection}:{name}"] is { Length: > 0 } uri
            ? new Uri(uri)
            : throw new InvalidOperationException(
                $"Neither {StorageConnection} (a connection string) nor {StorageConnection}__{name} is set."
            );
}
