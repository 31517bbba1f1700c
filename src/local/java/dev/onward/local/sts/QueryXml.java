package dev.onward.local.sts;

import dev.onward.local.http.AwsException;
import dev.onward.local.http.AwsResponse;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The answers of the query protocol: XML with a result, or an error, and a request id. */
final class QueryXml {

  /** An element with either text or children. */
  record Element(String name, String text, List<Element> children) {

    static Element of(String name, String text) {
      return new Element(name, text, List.of());
    }

    static Element of(String name, Element... children) {
      return new Element(name, "", List.of(children));
    }
  }

  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  private QueryXml() {}

  static AwsResponse ok(String action, Element... result) {
    String requestId = UUID.randomUUID().toString();
    return document(
        200,
        requestId,
        Element.of(
            action + "Response",
            // The SDKs take the first element for the result.
            Element.of(action + "Result", result),
            Element.of("ResponseMetadata", Element.of("RequestId", requestId))));
  }

  static AwsResponse error(AwsException error) {
    // The query protocol's codes are the JSON protocol's without the suffix: ExpiredToken.
    String code = error.code().replaceFirst("Exception$", "");
    String requestId = UUID.randomUUID().toString();
    return document(
        error.status(),
        requestId,
        Element.of(
            "ErrorResponse",
            Element.of(
                "Error",
                Element.of("Type", "Sender"),
                Element.of("Code", code),
                Element.of("Message", error.message())),
            Element.of("RequestId", requestId)));
  }

  private static AwsResponse document(int status, String requestId, Element root) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.setDefaultNamespace(NAMESPACE);
      xml.writeStartElement(root.name());
      xml.writeDefaultNamespace(NAMESPACE);
      writeContent(xml, root);
      xml.writeEndElement();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML cannot be written into memory", e);
    }
    return new AwsResponse(
        status, "text/xml", Map.of("x-amzn-RequestId", requestId), text.toString());
  }

  private static void writeContent(XMLStreamWriter xml, Element element) throws XMLStreamException {
    xml.writeCharacters(element.text());
    for (Element child : element.children()) {
      xml.writeStartElement(child.name());
      writeContent(xml, child);
      xml.writeEndElement();
    }
  }
}
