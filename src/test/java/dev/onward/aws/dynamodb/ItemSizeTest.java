package dev.onward.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ItemSizeTest {
  @Test
  void namesAndTextsCountInUtf8() {
    assertThat(ItemSize.of(Item.builder().text("näme", "✓🚀").build())).isEqualTo(5 + 3 + 4);
  }

  @Test
  void containersCountForThemselvesAndForEachElement() {
    Item inner = Item.builder().text("a", "b").build();

    assertThat(ItemSize.of(inner.asValue())).isEqualTo(3 + 2 + 1);
    assertThat(ItemSize.of(Item.ofList(List.of(inner, inner)))).isEqualTo(3 + 2 * (6 + 1));
    assertThat(ItemSize.of(Item.ofList(List.of()))).isEqualTo(3);
  }

  @Test
  void aNumberCountsByItsDigits() {
    assertThat(ItemSize.of(Item.ofNumber(7))).isEqualTo(2);
    assertThat(ItemSize.of(Item.ofNumber(-7))).isEqualTo(3);
    assertThat(ItemSize.of(Item.ofNumber(1_772_366_400_123_456L))).isEqualTo(9);
  }

  @Test
  void aNumberThatIsNotWholeCountsAsTheLargest() {
    assertThat(ItemSize.of(AttributeValue.fromN("0.1"))).isEqualTo(21);
  }
}
