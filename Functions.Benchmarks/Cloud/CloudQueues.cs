using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Autopay.Benchmarks.Cloud;

/// <summary>Queue Storage: messages that are hidden while somebody works on them.</summary>
internal sealed class CloudQueues : ICloudService
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, List<Waiting>> queues = new(StringComparer.Ordinal);
    private int ids;

    /// <summary>All that there are, hidden ones too.</summary>
    public int Messages => queues.Values.Sum(messages => messages.Count);

    public CloudAnswer Busy() => CloudAnswer.Failure(503, "ServerBusy");

    public string PartOf(CloudRequest request) => request.Path.Split('/')[0];

    public CloudAnswer Answer(CloudRequest request, DateTimeOffset now)
    {
        var path = request.Path.Split('/');
        if (path.Length == 1 && request.Method == "PUT")
        {
            return CloudAnswer.Empty(queues.TryAdd(path[0], []) ? 201 : 204);
        }

        if (!queues.TryGetValue(path[0], out var messages))
        {
            return CloudAnswer.Failure(404, "QueueNotFound");
        }

        return (request.Method, path.Length) switch
        {
            ("GET", 1) => CloudAnswer
                .Empty(200)
                .With("x-ms-approximate-messages-count", messages.Count.ToString(CultureInfo.InvariantCulture)),
            ("POST", _) => Put(messages, request, now),
            ("PUT", _) => Hide(messages, request, now),
            ("GET", _) => Get(messages, request, now),
            ("DELETE", 2) => Clear(messages),
            ("DELETE", _) => Delete(messages, path[2], request.Query("popreceipt")),
            _ => throw new NotSupportedException($"{request.Method} {request.Uri}"),
        };
    }

    private CloudAnswer Put(List<Waiting> messages, CloudRequest request, DateTimeOffset now)
    {
        var text = XDocument.Parse(Encoding.UTF8.GetString(request.Body).Trim('\ufeff')).Root!.Element("MessageText")!;
        var message = new Waiting(Name(), text.Value)
        {
            VisibleAt = now + Time(request, TimeSpan.Zero),
            Receipt = Name(),
        };
        messages.Add(message);
        return CloudAnswer.Xml(201, List([message], now, withText: false));
    }

    private CloudAnswer Get(List<Waiting> messages, CloudRequest request, DateTimeOffset now)
    {
        var most = int.Parse(request.Query("numofmessages") ?? "1", CultureInfo.InvariantCulture);
        var seen = messages.Where(message => message.VisibleAt <= now).Take(most).ToList();
        if (request.Query("peekonly") != "true")
        {
            foreach (var message in seen)
            {
                (message.VisibleAt, message.Receipt) = (now + Time(request, Usual), Name());
                message.Dequeued++;
            }
        }

        return CloudAnswer.Xml(200, List(seen, now, withText: true)) with
        {
            Units = Math.Max(1, seen.Count),
        };
    }

    private CloudAnswer Hide(List<Waiting> messages, CloudRequest request, DateTimeOffset now)
    {
        var (id, receipt) = (request.Path.Split('/')[2], request.Query("popreceipt"));
        if (messages.Find(it => it.Id == id && it.Receipt == receipt) is not { } message)
        {
            return CloudAnswer.Failure(404, "MessageNotFound");
        }

        (message.VisibleAt, message.Receipt) = (now + Time(request, Usual), Name());
        return CloudAnswer
            .Empty(204)
            .With("x-ms-popreceipt", message.Receipt)
            .With("x-ms-time-next-visible", CloudAnswer.Date(message.VisibleAt));
    }

    private static CloudAnswer Clear(List<Waiting> messages)
    {
        messages.Clear();
        return CloudAnswer.Empty(204);
    }

    private static CloudAnswer Delete(List<Waiting> messages, string id, string? receipt) =>
        messages.RemoveAll(message => message.Id == id && message.Receipt == receipt) > 0
            ? CloudAnswer.Empty(204)
            : CloudAnswer.Failure(404, "MessageNotFound");

    private static TimeSpan Time(CloudRequest request, TimeSpan otherwise) =>
        request.Query("visibilitytimeout") is { } seconds
            ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
            : otherwise;

    private string Name() => (++ids).ToString("000000000", CultureInfo.InvariantCulture);

    private static string List(IEnumerable<Waiting> messages, DateTimeOffset now, bool withText) =>
        new XElement(
            "QueueMessagesList",
            messages.Select(message => new XElement(
                "QueueMessage",
                new XElement("MessageId", message.Id),
                new XElement("InsertionTime", CloudAnswer.Date(now)),
                new XElement("ExpirationTime", CloudAnswer.Date(now.AddYears(1))),
                new XElement("PopReceipt", message.Receipt),
                new XElement("TimeNextVisible", CloudAnswer.Date(message.VisibleAt)),
                withText ? new XElement("DequeueCount", message.Dequeued) : null,
                withText ? new XElement("MessageText", message.Text) : null
            ))
        ).ToString(SaveOptions.DisableFormatting);

    private sealed class Waiting(string id, string text)
    {
        public string Id => id;

        public string Text => text;

        public string Receipt { get; set; } = "";

        public int Dequeued { get; set; }

        public DateTimeOffset VisibleAt { get; set; }
    }
}
