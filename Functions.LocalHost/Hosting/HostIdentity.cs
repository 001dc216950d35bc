using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost;

/// <summary>Hosts with the same id are instances of one app: they share timer status and locks.</summary>
internal sealed class HostIdentity(IConfiguration configuration, Assembly assembly)
{
    public string Id => configuration["AzureFunctionsWebHost:hostid"] ?? assembly.GetName().Name!.ToLowerInvariant().Replace('.', '-');
}
