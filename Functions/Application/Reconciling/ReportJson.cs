using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.Application;

/// <summary>How reports are kept and served.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReconcileReport))]
[JsonSerializable(typeof(InvariantReport))]
[JsonSerializable(typeof(List<ReturnFamily>))]
[JsonSerializable(typeof(ReceiptBatch))]
internal sealed partial class ReportJson : JsonSerializerContext;
