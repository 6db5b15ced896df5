using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>
/// Writes JSON in the one form that RFC 8785 (JSON Canonicalization Scheme) allows: names sorted by UTF-16 code units, no white space, the
/// fewest escapes, numbers as ECMAScript prints them. So a hash of it can be taken again from the values, anywhere.
/// </summary>
/// <remarks>Names given to <see cref="Property(string, string?)"/> are written in the order of the calls: the caller keeps them sorted.</remarks>
internal sealed class CanonicalJsonWriter : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int _length;
    private bool _first;

    public ReadOnlySpan<byte> Utf8 => _buffer.AsSpan(0, _length);

    public static byte[] Canonicalize(JsonNode? node)
    {
        using var writer = new CanonicalJsonWriter();
        writer.Write(node);
        return writer.Utf8.ToArray();
    }

    public void StartObject()
    {
        Raw("{"u8);
        _first = true;
    }

    public void EndObject()
    {
        Raw("}"u8);
        _first = false;
    }

    public void Property(string name, string? value)
    {
        Name(name);
        Text(value);
    }

    public void Property(string name, JsonNode? value)
    {
        Name(name);
        Write(value);
        _first = false;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Write(JsonNode? node)
    {
        switch (node)
        {
            case null:
                Raw("null"u8);
                break;
            case JsonObject members:
                StartObject();
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                    Property(name, value);
                EndObject();
                break;
            case JsonArray items:
                Array(items);
                break;
            default:
                Value(node.AsValue());
                break;
        }
    }

    private void Array(JsonArray items)
    {
        Raw("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                Raw(","u8);
            Write(items[i]);
        }
        Raw("]"u8);
    }

    private void Value(JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                Text(value.TryGetValue<string>(out var text) ? text : JsonSerializer.SerializeToNode(value)!.GetValue<string>());
                break;
            case JsonValueKind.Number:
                Ascii(EcmaScriptNumber.Format(double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)));
                break;
            case var kind:
                Raw(kind == JsonValueKind.True ? "true"u8 : "false"u8);
                break;
        }
    }

    private void Name(string name)
    {
        if (!_first)
            Raw(","u8);
        _first = false;
        Text(name);
        Raw(":"u8);
    }

    private void Text(string? text)
    {
        if (text is null)
        {
            Raw("null"u8);
            return;
        }
        Raw("\""u8);
        var plain = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('"' or '\\' or < ' '))
                continue;
            Utf16(text.AsSpan(plain, i - plain));
            Ascii(Escape(text[i]));
            plain = i + 1;
        }
        Utf16(text.AsSpan(plain));
        Raw("\""u8);
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)c:x4}",
    };

    private void Ascii(string text) => Utf16(text);

    private void Utf16(ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int more)
    {
        if (_length + more <= _buffer.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + more));
        Utf8.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
