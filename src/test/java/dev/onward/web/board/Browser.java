package dev.onward.web.board;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser without a window: Debian's Chromium. Where it is missing, tests are skipped. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChromeDriver driver;
  private final String base;

  private Browser(ChromeDriver driver, String base) {
    this.driver = driver;
    this.base = base;
  }

  /** Skips the test, in words, if there is no browser. */
  static Browser open(String base, boolean scripts) {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "the board is not looked at in a browser: install Debian's packages chromium and"
            + " chromium-driver");
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,1000");
    if (!scripts) {
      options.setExperimentalOption(
          "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }
    var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    return new Browser(new ChromeDriver(service, options), base);
  }

  void go(String path) {
    driver.get(base + path);
  }

  /** Whatever was open before is behind it, and not seen any more. */
  void newTab(String path) {
    driver.switchTo().newWindow(WindowType.TAB);
    driver.manage().timeouts().pageLoadTimeout(PATIENCE);
    go(path);
  }

  String tab() {
    return driver.getWindowHandle();
  }

  void lookAt(String tab) {
    driver.switchTo().window(tab);
    driver.executeCdpCommand("Page.bringToFront", Map.of());
  }

  void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  String path() {
    return driver.getCurrentUrl().replace(base, "");
  }

  /** As soon as it is there. */
  WebElement find(String css) {
    return await(page -> page.findElement(By.cssSelector(css)));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Clicks what has this text, as soon as it is there. */
  void click(String text) {
    var xpath =
        "//a[normalize-space(.)=\"%1$s\"] | //button[normalize-space(.)=\"%1$s\"]".formatted(text);
    await(
        page -> {
          page.findElement(By.xpath(xpath)).click();
          return true;
        });
  }

  void fill(String name, String text) {
    WebElement input = find("[name=" + name + "]");
    input.clear();
    input.sendKeys(text);
  }

  void awaitText(String css, String text) {
    await(page -> page.findElement(By.cssSelector(css)).getText().contains(text));
  }

  void awaitPath(String start) {
    await(page -> path().startsWith(start));
  }

  Object run(String script) {
    return ((JavascriptExecutor) driver).executeScript(script);
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** What the browser complained of since it was last asked, such as a blocked script. */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(entry -> entry.getMessage())
        .toList();
  }

  /** A part of the page may be replaced just while it is looked at. */
  private <T> T await(Function<WebDriver, T> condition) {
    return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .ignoring(StaleElementReferenceException.class, NoSuchElementException.class)
        .until(condition);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
