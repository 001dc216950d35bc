using System.Text.Json;
using System.Text.Json.Serialization;
using Autopay.Application.Notifying;
using Autopay.Application.Receipts;

namespace Autopay.Application.Reconciling;

/// <summary>How reports are kept: enums are spelled as over HTTP.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters = [typeof(CamelCaseEnums)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ReconcileReport))]
[JsonSerializable(typeof(ReconcilePlace))]
[JsonSerializable(typeof(TallyPart))]
[JsonSerializable(typeof(InvariantReport))]
[JsonSerializable(typeof(CheckPlace))]
[JsonSerializable(typeof(List<ReturnFamily>))]
[JsonSerializable(typeof(ReceiptBatch))]
[JsonSerializable(typeof(LetterList))]
internal sealed partial class ReportJson : JsonSerializerContext;

internal sealed class CamelCaseEnums : JsonConverterFactory
{
    private static readonly JsonStringEnumConverter Enums = new(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

    public override bool CanConvert(Type typeToConvert) => Enums.CanConvert(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        Enums.CreateConverter(typeToConvert, options);
}
