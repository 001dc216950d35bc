using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Autopay.Pages;

/// <summary>
/// A file that pages need: it is in the program, and its address has the hash of its bytes, so that a browser may keep
/// it for ever and never has another version's.
/// </summary>
public sealed record Asset(
    string Path,
    string MediaType,
    string Tag,
    ReadOnlyMemory<byte> Bytes,
    ReadOnlyMemory<byte> Packed
)
{
    private const string Prefix = "assets/";
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Asset> ByName = typeof(Asset)
        .Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    private static readonly FrozenDictionary<string, Asset> ByFile = ByName.Values.ToFrozenDictionary(asset =>
        asset.Path["/assets/".Length..]
    );

    public static IEnumerable<Asset> All => ByName.Values;

    /// <summary>The address of the file that is called so in <c>Pages/Assets</c>.</summary>
    public static string Of(string name) => ByName[name].Path;

    /// <returns>Null for another version's file: never the newest in its place.</returns>
    public static Asset? Find(string file) => ByFile.GetValueOrDefault(file);

    private static Asset Read(string resource)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(resource)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = resource.EndsWith(".js", StringComparison.Ordinal) ? Bare(memory.ToArray()) : memory.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var name = resource[Prefix.Length..];
        var type = System.IO.Path.GetExtension(name);
        return new Asset(
            $"/{Prefix}{name[..^type.Length]}.{hash[..12]}{type}",
            Types[type],
            $"\"{hash[..32]}\"",
            bytes,
            Pack(bytes)
        );
    }

    // Comments are for those who read the program; a browser does without.
    private static byte[] Bare(byte[] script) =>
        Encoding.UTF8.GetBytes(
            string.Concat(
                Encoding
                    .UTF8.GetString(script)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Where(line => !line.TrimStart().StartsWith("// ", StringComparison.Ordinal))
                    .Select(line => line + "\n")
            )
        );

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
