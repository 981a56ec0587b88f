package io.github.websocketresilience.autoconfigure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the endpoint as operators do: over HTTP from a server that listens, and over JMX.
 */
final class EndpointReader {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final HttpClient http = HttpClient.newHttpClient();

	private static final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

	private final String address;

	private final ObjectName name;

	/**
	 * Begin to read.
	 * @param context a context of {@link #runner(String)}
	 * @param domain the domain that was given to it
	 */
	EndpointReader(AssertableWebApplicationContext context, String domain) throws JMException {
		WebServerApplicationContext server = (WebServerApplicationContext) context.getSourceApplicationContext();
		assertThat(server.getWebServer()).isNotNull();
		this.address = "http://127.0.0.1:" + server.getWebServer().getPort() + "/actuator/websockets";
		this.name = new ObjectName(domain + ":type=Endpoint,name=Websockets");
	}

	/**
	 * Return a runner of applications that expose the endpoint.
	 * @param domain where its MBean goes
	 */
	static WebApplicationContextRunner runner(String domain) {
		return new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
			.withInitializer(EndpointReader::convertAsApplicationsDo)
			.withConfiguration(AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class,
					DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class,
					ErrorMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
					JacksonAutoConfiguration.class, ManagementContextAutoConfiguration.class,
					ServletManagementContextAutoConfiguration.class, EndpointAutoConfiguration.class,
					JacksonEndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class,
					JmxAutoConfiguration.class, JmxEndpointAutoConfiguration.class))
			.withPropertyValues("server.port=0", "management.endpoints.web.exposure.include=websockets",
					"spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=websockets",
					"management.endpoints.jmx.domain=" + domain);
	}

	static void convertAsApplicationsDo(ConfigurableApplicationContext context) {
		context.getEnvironment().setConversionService(new ApplicationConversionService());
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return exchange(HttpRequest.newBuilder(URI.create(this.address + path)).GET());
	}

	/** Ask for an action, or for none if it is empty. */
	HttpResponse<String> post(String path, String action) throws IOException, InterruptedException {
		BodyPublisher body = BodyPublishers.ofString(action.isEmpty() ? "{}" : "{\"action\":\"" + action + "\"}");
		return exchange(HttpRequest.newBuilder(URI.create(this.address + path))
			.header("Content-Type", "application/json")
			.POST(body));
	}

	private static HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
		return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
	}

	List<String> operations() throws JMException {
		return Arrays.stream(beans.getMBeanInfo(this.name).getOperations()).map(MBeanOperationInfo::getName).toList();
	}

	Object invoke(String operation, String... arguments) throws JMException {
		String[] signature = new String[arguments.length];
		Arrays.fill(signature, String.class.getName());
		return beans.invoke(this.name, operation, arguments, signature);
	}

}
