using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Autopay.Domain.Certificates;

/// <summary>A certificate as it was kept when a clear relied on it, a document a clear; it never changes.</summary>
/// <param name="Version">From 1, within its cycle.</param>
/// <param name="Hash">Of all of it, when it was kept: of the certificate, and of who, why and when.</param>
/// <param name="Asked">Who cleared, why and when (UTC); of an override the one who approved it.</param>
/// <param name="Overridden">It cleared although totals differ.</param>
public sealed record CertificateDocument(
    int Version,
    Certificate Certificate,
    string Hash,
    Authority Asked,
    bool Overridden
)
{
    /// <summary>Who asked for the override; null of any other.</summary>
    public Authority? OverrideAskedBy { get; init; }

    /// <summary>False when somebody has altered what is stored.</summary>
    [JsonIgnore]
    public bool IsIntact => HashOfAll == Hash;

    /// <summary>SHA-256 over everything that it says, lower-case hex.</summary>
    [JsonIgnore]
    public string HashOfAll
    {
        get
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{Certificate.ToCanonicalText()}document {Version} {(Overridden ? 1 : 0)}\n"
            );
            var people = $"asked {TextOf(Asked)}\noverride {TextOf(OverrideAskedBy)}\n";
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text + people)));
        }
    }

    /// <summary>The document with its hash.</summary>
    /// <param name="clear">Who cleared, why and when (UTC).</param>
    /// <param name="overrideAskedBy">Who asked to clear although totals differ; null of any other.</param>
    public static CertificateDocument Of(
        int version,
        Certificate certificate,
        Authority clear,
        Authority? overrideAskedBy
    )
    {
        var document = new CertificateDocument(version, certificate, "", clear, !certificate.IsBorneOut)
        {
            OverrideAskedBy = overrideAskedBy,
        };
        return document with { Hash = document.HashOfAll };
    }

    /// <summary>Whether both are of the same clear, whichever number they have.</summary>
    public bool IsOfTheSameClear(CertificateDocument other) => (other with { Version = Version }).HashOfAll == Hash;

    private static string TextOf(Authority? authority)
    {
        string?[] parts =
        [
            authority?.By,
            authority?.Why,
            authority?.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
            authority?.Name,
            authority?.Role,
            authority?.Operation,
        ];
        return string.Join(' ', parts.Select(Certificate.Sized));
    }
}
