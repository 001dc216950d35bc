using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Autopay.Benchmarks.Cloud;

/// <summary>Blob Storage: block blobs whole or in blocks, read by ranges.</summary>
internal sealed class CloudBlobs : ICloudService
{
    private readonly SortedDictionary<string, Blob> blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> blocks = new(StringComparer.Ordinal);
    private long tags;

    public CloudAnswer Busy() => CloudAnswer.Failure(503, "ServerBusy");

    public string PartOf(CloudRequest request) => request.Path;

    public CloudAnswer Answer(CloudRequest request, DateTimeOffset now) =>
        (request.Method, request.Query("restype"), request.Query("comp")) switch
        {
            ("PUT", "container", _) => CloudAnswer
                .Empty(201)
                .With("ETag", "\"1\"")
                .With("Last-Modified", CloudAnswer.Date(now)),
            ("GET", "container", "list") => List(request),
            ("PUT", _, "block") => PutBlock(request),
            ("PUT", _, "blocklist") => Join(request, now),
            ("PUT", _, null) => Put(request, request.Body, now),
            ("HEAD", _, null) => Find(request, isWhole: false),
            ("GET", _, null) => Find(request, isWhole: true),
            ("DELETE", _, null) => CloudAnswer.Empty(blobs.Remove(request.Path) ? 202 : 404),
            _ => throw new NotSupportedException($"{request.Method} {request.Uri}"),
        };

    private CloudAnswer PutBlock(CloudRequest request)
    {
        blocks[$"{request.Path} {request.Query("blockid")}"] = request.Body;
        return CloudAnswer.Empty(201) with { Units = request.Body.Length };
    }

    private CloudAnswer Join(CloudRequest request, DateTimeOffset now)
    {
        var names = XDocument
            .Parse(Encoding.UTF8.GetString(request.Body).Trim('\ufeff'))
            .Root!.Elements()
            .Select(block => $"{request.Path} {block.Value}")
            .ToList();
        byte[] whole = [.. names.SelectMany(name => blocks[name])];
        names.ForEach(name => blocks.Remove(name));
        return Put(request, whole, now) with { Units = 1 };
    }

    private CloudAnswer Put(CloudRequest request, byte[] content, DateTimeOffset now)
    {
        var found = blobs.GetValueOrDefault(request.Path);
        if (found is not null && request.Header("If-None-Match") == "*")
        {
            return CloudAnswer.Failure(409, "BlobAlreadyExists");
        }

        if (request.Header("If-Match") is { } tag && tag != "*" && tag != found?.Tag)
        {
            return CloudAnswer.Failure(412, "ConditionNotMet");
        }

        var blob = new Blob(content, string.Create(CultureInfo.InvariantCulture, $"\"{++tags}\""), now);
        blobs[request.Path] = blob;
        return Described(new CloudAnswer(201, [], Math.Max(1, content.Length)), blob);
    }

    private CloudAnswer Find(CloudRequest request, bool isWhole)
    {
        if (!blobs.TryGetValue(request.Path, out var blob))
        {
            return CloudAnswer.Failure(404, "BlobNotFound");
        }

        if (!isWhole)
        {
            return Described(CloudAnswer.Empty(200), blob)
                .With("Content-Length", blob.Content.Length.ToString(CultureInfo.InvariantCulture));
        }

        var range = (request.Header("x-ms-range") ?? request.Header("Range"))?["bytes=".Length..].Split('-');
        var from = range is null ? 0 : long.Parse(range[0], CultureInfo.InvariantCulture);
        if (range is not null && from >= blob.Content.Length)
        {
            return CloudAnswer.Failure(416, "InvalidRange");
        }

        var last = range is [_, { Length: > 0 } end] ? long.Parse(end, CultureInfo.InvariantCulture) : long.MaxValue;
        var to = Math.Min(last, blob.Content.Length - 1);
        var part = blob.Content[(int)from..(int)(to + 1)];
        var answer = Described(new CloudAnswer(range is null ? 200 : 206, part, Math.Max(1, part.Length)), blob)
            .With("Content-Length", part.Length.ToString(CultureInfo.InvariantCulture));
        return range is null
            ? answer
            : answer.With(
                "Content-Range",
                string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{blob.Content.Length}")
            );
    }

    private CloudAnswer List(CloudRequest request)
    {
        var container = request.Path;
        var (prefix, delimiter) = (request.Query("prefix") ?? "", request.Query("delimiter"));
        HashSet<string> folders = [];
        List<XElement> found = [];
        foreach (var (path, blob) in blobs)
        {
            if (!path.StartsWith($"{container}/{prefix}", StringComparison.Ordinal))
            {
                continue;
            }

            var name = path[(container.Length + 1)..];
            if (
                delimiter is not null
                && name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and var end
            )
            {
                if (folders.Add(name[..(end + 1)]))
                {
                    found.Add(new XElement("BlobPrefix", new XElement("Name", name[..(end + 1)])));
                }

                continue;
            }

            found.Add(
                new XElement(
                    "Blob",
                    new XElement("Name", name),
                    new XElement(
                        "Properties",
                        new XElement("Last-Modified", CloudAnswer.Date(blob.At)),
                        new XElement("Etag", blob.Tag),
                        new XElement("Content-Length", blob.Content.Length),
                        new XElement("BlobType", "BlockBlob")
                    )
                )
            );
        }

        return CloudAnswer.Xml(
            200,
            new XElement(
                "EnumerationResults",
                new XAttribute("ServiceEndpoint", "https://simulated.blob.core.windows.net/"),
                new XAttribute("ContainerName", container),
                new XElement("Blobs", found),
                new XElement("NextMarker")
            ).ToString(SaveOptions.DisableFormatting)
        );
    }

    private static CloudAnswer Described(CloudAnswer answer, Blob blob) =>
        answer
            .With("ETag", blob.Tag)
            .With("Last-Modified", CloudAnswer.Date(blob.At))
            .With("x-ms-blob-type", "BlockBlob")
            .With("Content-Type", "application/octet-stream");

    private sealed record Blob(byte[] Content, string Tag, DateTimeOffset At);
}
