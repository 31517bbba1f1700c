package dev.onward.web.board.view;

import static dev.onward.status.StatusFixture.LATEST;
import static dev.onward.status.StatusFixture.STAGE;
import static dev.onward.status.StatusFixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.plan.ObservedParameter.Value;
import dev.onward.status.StatusFixture;
import dev.onward.web.board.view.ServiceMatrix.Cell;
import org.junit.jupiter.api.Test;

class ServiceMatrixTest {
  private final StatusFixture storage =
      StatusFixture.storage().publish("bags", "1").publish("notifier", "7");

  @Test
  void eachServiceHasItsTagUnderEveryLabelAndInEveryEnvironment() {
    var matrix = ServiceMatrix.of(storage.status(), storage.now);
    assertThat(matrix.columns())
        .extracting(ServiceMatrix.Column::id)
        .containsExactly("latest", "stage", "prod");
    assertThat(matrix.rows())
        .extracting(ServiceMatrix.Row::service)
        .containsExactly("bags", "notifier");
    assertThat(matrix.rows().getFirst().cells())
        .extracting(Cell::tag)
        .containsExactly("1", "1", "");
  }

  @Test
  void whatIsNotAsItsSourceIsMarked() {
    storage.status();
    storage.put(STAGE, "bags", new Value.Image(image("bags", "edited")));
    var bags = ServiceMatrix.of(storage.status(), storage.now).rows().getFirst();
    assertThat(bags.differs()).isTrue();
    assertThat(bags.cells())
        .extracting(Cell::mark)
        .containsExactly("", "differs from latest", "missing here, is in stage");
  }

  @Test
  void whatIsNoImageIsShownForWhatItIs() {
    storage.put(LATEST, "bags", new Value.WrongType("SecureString"));
    var cell = ServiceMatrix.of(storage.status(), storage.now).rows().getFirst().cells().getFirst();
    assertThat(cell.mark()).isEqualTo("is no image");
    assertThat(cell.image()).isEqualTo("a SecureString");
  }
}
